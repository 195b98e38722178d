/**
 * Putting things on descriptors and bringing back what was there, as bash does it: a descriptor in the way is kept at 10
 * or above meanwhile (strace of bash 5.2.15: fcntl F_DUPFD 10, dup2, close).
 */
import type { Step } from '../../kernel/sched/step.ts';
import { closedInput, type Input, kernelInput, streamInput } from './input.ts';
import type { Calls } from './noted-calls.ts';
import type { Target } from './output.ts';
import type { Stream, Terminal } from './stream.ts';

/** The lowest descriptor that bash uses for itself. */
const FIRST_SAVED = 10;

export interface Descriptors {
  readonly calls: Calls;
  readonly streams: Map<number, Stream>;
}

export const isOpen = (d: Descriptors, fd: number): boolean => d.streams.has(fd) || d.calls.task.fds.has(fd);

export function inputOf(d: Descriptors, fd: number): Input {
  const stream = d.streams.get(fd);
  if (stream !== undefined) return streamInput(stream);
  return d.calls.task.fds.has(fd) ? kernelInput(d.calls, fd) : closedInput;
}

export function targetOf(d: Descriptors, fd: number, terminal: Terminal): Target {
  const stream = d.streams.get(fd);
  if (stream !== undefined) return { kind: 'stream', stream, terminal };
  return d.calls.task.fds.has(fd) ? { kind: 'kernel', calls: d.calls, fd } : { kind: 'closed' };
}

/** Lowest number from `from` that names nothing. */
export function freeDescriptor(d: Descriptors, from: number): number {
  let fd = from;
  while (isOpen(d, fd)) fd++;
  return fd;
}

export function* closeDescriptor(d: Descriptors, fd: number): Generator<Step, void> {
  if (d.streams.delete(fd)) return;
  if (d.calls.task.fds.has(fd)) yield* d.calls.close(fd);
}

export function* putStream(d: Descriptors, fd: number, stream: Stream): Generator<Step, void> {
  yield* closeDescriptor(d, fd);
  d.streams.set(fd, stream);
}

/** Moves the just opened kernel descriptor `opened` to `fd`. */
export function* putOpened(d: Descriptors, fd: number, opened: number): Generator<Step, void> {
  if (opened !== fd) {
    yield* d.calls.dup2(opened, fd);
    yield* d.calls.close(opened);
  }
  d.streams.delete(fd);
}

/** Makes `to` the same as the open `from`. */
export function* duplicate(d: Descriptors, from: number, to: number): Generator<Step, void> {
  if (from === to) return;
  const stream = d.streams.get(from);
  if (stream !== undefined) return yield* putStream(d, to, stream);
  d.streams.delete(to);
  yield* d.calls.dup2(from, to);
}

type Saved = Stream | { readonly kind: 'kernel'; readonly at: number } | undefined;

/** Keeps what `fd` names; the result brings it back. `opened` has just been opened and is nothing to keep. */
export function* saveDescriptor(
  d: Descriptors,
  fd: number,
  opened?: number,
): Generator<Step, () => Generator<Step, void>> {
  let saved: Saved = d.streams.get(fd);
  if (saved === undefined && fd !== opened && d.calls.task.fds.has(fd)) {
    const at = freeDescriptor(d, FIRST_SAVED);
    yield* d.calls.dup2(fd, at);
    saved = { kind: 'kernel', at };
  }
  return function* restore() {
    if (saved === undefined) return yield* closeDescriptor(d, fd);
    if (saved.kind !== 'kernel') return yield* putStream(d, fd, saved);
    d.streams.delete(fd);
    yield* d.calls.dup2(saved.at, fd);
    yield* d.calls.close(saved.at);
  };
}
