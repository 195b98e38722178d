/** Reading, whatever a descriptor names. Reads of the kernel are decoded from UTF-8 across their borders. */
import type { Step } from '../../kernel/sched/step.ts';
import type { Sys, SysResult } from '../../kernel/syscalls.ts';
import { Utf8Decoder } from '../text/utf8.ts';
import type { Calls } from './noted-calls.ts';
import type { Stream } from './stream.ts';

export interface Input {
  /** Up to `count` characters; '' is the end. */
  read(count: number): Sys<string>;
}

const END: SysResult<string> = { ok: true, value: '' };

export const emptyInput: Input = {
  *read() {
    return END;
  },
};

export const closedInput: Input = {
  *read() {
    return { ok: false, errno: 'EBADF' };
  },
};

export function streamInput(stream: Stream): Input {
  if (stream.kind !== 'text') return emptyInput;
  return {
    *read(count) {
      const value = stream.data.slice(stream.position, stream.position + count);
      stream.position += value.length;
      return { ok: true, value };
    },
  };
}

export function kernelInput(calls: Calls, fd: number): Input {
  const decoder = new Utf8Decoder();
  return {
    *read(count) {
      for (;;) {
        const bytes = yield* calls.read(fd, count);
        if (!bytes.ok) return bytes;
        if (bytes.value === '') return { ok: true, value: decoder.end() };
        const value = decoder.decode(bytes.value);
        if (value !== '') return { ok: true, value };
      }
    },
  };
}

/** Reads to the end, `count` characters at a time. */
export function* readAll(input: Input, count: number): Generator<Step, SysResult<string>, void> {
  let text = '';
  for (;;) {
    const chunk = yield* input.read(count);
    if (!chunk.ok) return chunk;
    if (chunk.value === '') return { ok: true, value: text };
    text += chunk.value;
  }
}
