/** Text as lines. */
import type { Errno } from '../../kernel/errno.ts';
import type { Step } from '../../kernel/sched/step.ts';
import type { Input } from '../io/input.ts';

/** Lines of a text, without their newlines; a last line without newline counts. */
export function splitLines(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The first `count` lines, or what there is, and how reading ended. Reads no more than it has to. */
export function* firstLines(
  input: Input,
  count: number,
  readSize: number,
): Generator<Step, { readonly text: string; readonly errno: Errno | undefined }> {
  let text = '';
  let lines = 0;
  while (lines < count) {
    const chunk = yield* input.read(readSize);
    if (!chunk.ok) return { text, errno: chunk.errno };
    if (chunk.value === '') break;
    for (let at = chunk.value.indexOf('\n'); at >= 0 && lines < count; at = chunk.value.indexOf('\n', at + 1)) {
      if (++lines === count) return { text: text + chunk.value.slice(0, at + 1), errno: undefined };
    }
    text += chunk.value;
  }
  return { text, errno: undefined };
}
