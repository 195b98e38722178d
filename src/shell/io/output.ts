/**
 * Writing, whatever a descriptor names. Who writes decides in what portions the kernel sees it, and tracefs files take
 * each write as a request of its own: bash's builtins write line by line (setlinebuf in bash's main), coreutils in blocks,
 * and the bare userland everything at once.
 */
import type { Errno } from '../../kernel/errno.ts';
import type { Step } from '../../kernel/sched/step.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import type { Calls } from './noted-calls.ts';
import { appendText, type Stream, type Terminal } from './stream.ts';

/** BUFSIZ of a stdio stream on a file of tracefs (st_blksize). */
const BLOCK = 4096;

export type Portions = 'lines' | 'blocks' | 'whole' | 'each';

export type Target =
  | { readonly kind: 'stream'; readonly stream: Stream; readonly terminal: Terminal }
  | { readonly kind: 'kernel'; readonly calls: Calls; readonly fd: number }
  | { readonly kind: 'closed' };

export class Output {
  /** Set by the first write that failed; later ones are dropped. */
  error: Errno | undefined;
  #buffer = '';
  readonly #target: Target;
  readonly #portions: Portions;

  constructor(target: Target, portions: Portions) {
    this.#target = target;
    this.#portions = portions;
  }

  *write(text: string): Generator<Step, void> {
    const target = this.#target;
    if (text === '') return;
    if (target.kind === 'closed') this.error ??= 'EBADF';
    else if (target.kind === 'stream') writeStream(target.stream, target.terminal, text);
    else yield* this.#buffered(text, target.calls, target.fd);
  }

  /** Ends the command's output: what was kept back is written. */
  *flush(): Generator<Step, void> {
    const rest = this.#buffer;
    this.#buffer = '';
    if (this.#target.kind === 'kernel' && rest !== '') yield* this.#send(this.#target.calls, this.#target.fd, rest);
  }

  *#buffered(text: string, calls: Calls, fd: number): Generator<Step, void> {
    this.#buffer += encodeUtf8(text);
    for (;;) {
      const end = this.#portionEnd();
      if (end === 0) return;
      const portion = this.#buffer.slice(0, end);
      this.#buffer = this.#buffer.slice(end);
      yield* this.#send(calls, fd, portion);
    }
  }

  /** How much of the buffer may go now; 0 = nothing. */
  #portionEnd(): number {
    if (this.#portions === 'whole') return 0;
    if (this.#portions === 'each') return this.#buffer.length;
    if (this.#portions === 'lines') return this.#buffer.indexOf('\n') + 1;
    return this.#buffer.length >= BLOCK ? BLOCK : 0;
  }

  *#send(calls: Calls, fd: number, bytes: string): Generator<Step, void> {
    while (bytes !== '' && this.error === undefined) {
      const written = yield* calls.write(fd, bytes);
      if (!written.ok) this.error = written.errno;
      else if (written.value <= 0) return;
      else bytes = bytes.slice(written.value);
    }
  }
}

function writeStream(stream: Stream, terminal: Terminal, text: string): void {
  if (stream.kind === 'text') appendText(stream, text);
  else if (stream.kind !== 'null') terminal.write(stream.kind, text);
}
