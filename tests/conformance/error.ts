/** A mismatch: the message is the bug report, where it was thrown says nothing. */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError';
  override readonly stack = '';
}
