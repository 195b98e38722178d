/**
 * What a descriptor of the shell names when it is not an open file of the kernel. Plain data, since it is part of a
 * snapshot. Copies of a descriptor share the object, as dup(2) does.
 */
import { MAX_OUTPUT, MAX_TEXT } from '../limits.ts';
import { limitReached, RefusalError } from '../problem.ts';

/** A pipe, here-document or captured output: written at the end, read at `position`. */
export interface TextStream {
  readonly kind: 'text';
  data: string;
  position: number;
}

export type Stream =
  /** The terminal, to be shown as stdout; reading it gives the end at once. */
  | { readonly kind: 'out' }
  /** The terminal, to be shown as stderr. */
  | { readonly kind: 'err' }
  | { readonly kind: 'null' }
  | TextStream;

export const textStream = (data = ''): TextStream => ({ kind: 'text', data, position: 0 });

export function appendText(stream: TextStream, data: string): void {
  if (stream.data.length + data.length > MAX_TEXT) throw new RefusalError(limitReached('text', MAX_TEXT));
  stream.data += data;
}

/** Collects what one top-level command prints, up to {@link MAX_OUTPUT} characters each. */
export class Terminal {
  out = '';
  err = '';
  truncated = false;

  write(kind: 'out' | 'err', data: string): void {
    const room = MAX_OUTPUT - this[kind].length;
    if (data.length > room) this.truncated = true;
    this[kind] += data.length > room ? data.slice(0, room) : data;
  }

  clear(): void {
    this.out = '';
    this.err = '';
    this.truncated = false;
  }
}
