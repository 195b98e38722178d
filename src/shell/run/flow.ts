/** How a command ended, beside its status: whether what follows runs. */
export type Flow =
  | { readonly kind: 'next' }
  | { readonly kind: 'break' | 'continue'; readonly levels: number }
  /** Leaves the function. */
  | { readonly kind: 'return' }
  /** Leaves the shell or subshell. */
  | { readonly kind: 'exit' };

export const NEXT: Flow = { kind: 'next' };
export const RETURN: Flow = { kind: 'return' };
export const EXIT: Flow = { kind: 'exit' };
