/**
 * File name expansion. The calls are those of bash 5.2.15 (strace): the directory before the first pattern is opened with
 * its trailing slash and read to the end; a plain name after a pattern costs stat of the directory and lstat of the name;
 * a trailing slash costs a stat. Matches of one directory are visited in reverse order of reading, since bash collects
 * them in a list that it extends at the head. Sorted as under LC_ALL=C at the end. No match leaves the word as it is.
 */
import type { Step } from '../../kernel/sched/step.ts';
import { O } from '../../kernel/syscalls.ts';
import type { Calls } from '../io/noted-calls.ts';
import type { Context } from '../run/context.ts';
import { compareC } from '../text/order.ts';
import { compilePattern, isPlain, matchesFileName, type Pattern, plainText } from './pattern.ts';
import { type Field, joinRuns } from './split.ts';

export function* expandPathnames(context: Context, field: Field): Generator<Step, string[]> {
  const pattern = field.some((run) => !run.quoted && /[*?[]/.test(run.text)) ? compilePattern(field) : [];
  if (isPlain(pattern)) return [joinRuns(field)];
  const found = yield* globPath(context.calls, pattern);
  return found.length === 0 ? [joinRuns(field)] : found.sort(compareC);
}

/** glob_filename() of lib/glob/glob.c: all before the last slash first, then the last component in each of those. */
function* globPath(calls: Calls, pattern: Pattern): Generator<Step, string[]> {
  let slash = pattern.length - 1;
  while (slash >= 0 && !isSlash(pattern, slash)) slash--;
  const last = pattern.slice(slash + 1);
  const before = pattern.slice(0, slash + 1);
  if (isPlain(before)) return yield* globDirectory(calls, plainText(before), plainText(before), last);
  let end = before.length;
  while (end > 0 && isSlash(before, end - 1)) end--;
  const slashes = plainText(before.slice(end));
  const found: string[] = [];
  for (const directory of yield* globPath(calls, before.slice(0, end))) {
    for (const name of yield* globDirectory(calls, directory, directory + slashes, last)) found.push(name);
  }
  return found;
}

const isSlash = (pattern: Pattern, at: number): boolean => {
  const token = pattern[at];
  return token?.kind === 'char' && token.char === '/';
};

/** glob_vector(): the matches of one component in one directory, each with `prefix` before it. */
function* globDirectory(calls: Calls, directory: string, prefix: string, pattern: Pattern): Generator<Step, string[]> {
  if (isPlain(pattern)) {
    const stat = yield* calls.stat(directory);
    if (!stat.ok || stat.value.type !== 'dir') return [];
    const path = prefix + plainText(pattern);
    return pattern.length === 0 || (yield* calls.lstat(path)).ok ? [path] : [];
  }
  const fd = yield* calls.open(directory === '' ? '.' : directory, O.DIRECTORY);
  if (!fd.ok) return [];
  const entries = yield* calls.readWholeDirectory(fd.value);
  yield* calls.close(fd.value);
  if (!entries.ok) return [];
  const names = entries.value.map((entry) => entry.name);
  return names
    .filter((name) => name !== '.' && name !== '..' && matchesFileName(pattern, name))
    .reverse()
    .map((name) => prefix + name);
}
