/** The text that nodes came from: their offsets count in it, and it says where in the script an offset is. */
import type { Position } from './problem.ts';

export interface SourceText {
  readonly text: string;
  locate(offset: number): Position;
}

export function sourceText(text: string): SourceText {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return {
    text,
    locate(offset) {
      let low = 0;
      let high = lineStarts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (lineStarts[middle] <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - lineStarts[low] + 1 };
    },
  };
}

/** Text that stands elsewhere (a function, an unescaped `…`): all of it is said to be at `position`. */
export const sourceElsewhere = (text: string, position: Position): SourceText => ({ text, locate: () => position });
