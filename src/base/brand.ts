/** A value of type T that cannot be passed where another brand of T is wanted. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };

/** An amount of memory in bytes, never in pages or KiB. */
export type Bytes = Brand<number, 'Bytes'>;

/** Marks a plain number as bytes. */
export const bytes = (n: number): Bytes => n as Bytes;
