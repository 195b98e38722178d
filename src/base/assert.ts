/** Thrown when our own code is wrong. Never used for bad input: that is a typed problem. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** Throws {@link AssertionError} with `message` unless `condition` holds. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** Returns `value`, or throws {@link AssertionError} when it is undefined or null. */
export function ensure<T>(value: T | undefined | null, message: string): T {
  if (value === undefined || value === null) throw new AssertionError(message);
  return value;
}

/** Ends a switch over a union: a missed variant fails to compile, and throws if it gets here all the same. */
export function assertUnreachable(value: never): never {
  throw new AssertionError(`unexpected value: ${JSON.stringify(value)}`);
}
