/** How `read` cuts a line into fields: as word splitting, but the last name takes the rest. */
import { DEFAULT_IFS } from '../expand/split.ts';

interface ReadChar {
  readonly char: string;
  /** After a backslash: not a separator. */
  readonly escaped: boolean;
}

export function cutFields(line: readonly ReadChar[], count: number, ifs = DEFAULT_IFS): string[] {
  const isSeparator = ({ char, escaped }: ReadChar): boolean => !escaped && ifs.includes(char);
  const isBlank = (c: ReadChar): boolean => isSeparator(c) && DEFAULT_IFS.includes(c.char);
  const text = (chars: readonly ReadChar[]): string => chars.map(({ char }) => char).join('');
  let start = 0;
  let end = line.length;
  const at = (i: number): ReadChar => line[i] as ReadChar;
  while (start < end && isBlank(at(start))) start++;
  while (end > start && isBlank(at(end - 1))) end--;
  const fields: string[] = [];
  while (fields.length < count - 1 && start < end) {
    let stop = start;
    while (stop < end && !isSeparator(at(stop))) stop++;
    fields.push(text(line.slice(start, stop)));
    start = skipSeparator(stop);
  }
  if (start < end) fields.push(text(line.slice(start, withoutLastSeparator())));
  return fields;

  /** Blanks around at most one other separator. */
  function skipSeparator(from: number): number {
    let next = from;
    while (next < end && isBlank(at(next))) next++;
    if (next < end && isSeparator(at(next)) && !isBlank(at(next))) next++;
    else return next;
    while (next < end && isBlank(at(next))) next++;
    return next;
  }

  /** A single separator at the end of the rest does not belong to it, unless there are others in it. */
  function withoutLastSeparator(): number {
    const rest = line.slice(start, end);
    const separators = rest.filter((c) => isSeparator(c) && !isBlank(c)).length;
    const last = rest.at(-1);
    return separators === 1 && last !== undefined && isSeparator(last) ? end - 1 : end;
  }
}
