/** One line in words on what a command did, on all kernels: docs/visual-design.md, "Words". */
import { formatChange, formatCount, joinWords, plural } from '../base/format.ts';
import { ERRNO_TEXT, type Errno } from '../kernel/errno.ts';
import { directivesOf, hasSchedule } from '../session/scenario.ts';
import type { ChannelResult } from './protocol.ts';

interface Part {
  readonly letter: string;
  readonly result: ChannelResult;
}

/** The sentence for a command; `letters` names the kernels left to right, `busy` the open files behind an EBUSY. */
export function sentenceOf(
  command: string,
  letters: readonly string[],
  results: readonly ChannelResult[],
  busy: readonly string[] = [],
): string {
  const sentence = whatHappened(command, letters, results);
  const isBusy = results.some((r) => r.status !== 0 && r.errno === 'EBUSY');
  return isBusy && busy.length > 0
    ? `${sentence} ${joinWords(busy)}: close ${busy.length > 1 ? 'them' : 'it'} and try again.`
    : sentence;
}

function whatHappened(command: string, letters: readonly string[], results: readonly ChannelResult[]): string {
  const line = shorten(labelOf(command));
  const parts = results.map((result, i): Part => ({ letter: letters[i] ?? '', result }));
  const failed = parts.filter(({ result }) => isRefused(result));
  if (failed.length === parts.length) return [...bugs(parts), allFailed(line, failed)].join(' ');
  const sentences = [
    ...bugs(parts),
    changes(
      line,
      parts.filter((p) => !isRefused(p.result)),
    ),
  ];
  if (failed.length > 0) sentences.push(`${names(failed)} refused: ${failed[0]?.result.errno ?? ''}.`);
  return sentences.join(' ');
}

/** What a command is called where there is room for a line: itself, or the tasks that it interleaves. */
export function labelOf(command: string): string {
  if (!hasSchedule(command)) return command;
  const tasks = [...new Set(directivesOf(command).tasks.map((task) => task.name))];
  return tasks.length === 0 ? 'tasks by schedule' : `${tasks.length === 1 ? 'task' : 'tasks'} ${joinWords(tasks)}`;
}

/** "Kernel bug on A: kernel BUG at fs/dcache.c:2031! in task t1." What is wrong is said before anything else. */
function bugs(parts: readonly Part[]): readonly string[] {
  const said = new Map<string, Part[]>();
  for (const part of parts) {
    const [first, ...more] = part.result.oopses;
    if (first === undefined) continue;
    const others = more.length === 0 ? '' : `, and ${formatCount(more.length)} more`;
    const text = `${first.text} in task ${first.task}${others}`;
    said.set(text, [...(said.get(text) ?? []), part]);
  }
  const broken = parts.flatMap(({ letter, result }) => {
    const [first, ...more] = result.oopses.length === 0 ? result.breaches : [];
    const others = more.length === 0 ? '' : `, and ${formatCount(more.length)} more`;
    return first === undefined ? [] : [`Invariant broken on ${letter}: ${first.id}: ${first.text}${others}.`];
  });
  return [...[...said].map(([text, by]) => `Kernel bug on ${names(by)}: ${text}.`), ...broken];
}

const isRefused = ({ status, errno }: ChannelResult): boolean => status !== 0 && errno !== '';

const names = (parts: readonly Part[]): string => parts.map((p) => p.letter).join(' and ');

const MAX_COMMAND = 60;

function shorten(command: string): string {
  const line = command.split('\n')[0] ?? '';
  return command.length > MAX_COMMAND || command.includes('\n') ? `${line.slice(0, MAX_COMMAND - 1).trimEnd()}…` : line;
}

function allFailed(line: string, failed: readonly Part[]): string {
  const program = line.split(/\s/)[0] ?? line;
  const distinct = new Set(failed.map((p) => p.result.errno));
  if (distinct.size > 1) return `${program} failed: ${failed.map((p) => `${p.letter} ${p.result.errno}`).join(', ')}.`;
  const errno = failed[0]?.result.errno as Errno;
  return `${program} failed on ${names(failed)}: ${ERRNO_TEXT[errno]} (${errno}).`;
}

/** "made 9,649 dentries and 9,649 inodes on A, 86 and 86 on B"; "freed …"; "changed nothing". */
function changes(line: string, parts: readonly Part[]): string {
  const grown = parts.some((p) => p.result.change.nrDentry > 0 || p.result.change.nrInodes > 0);
  const shrunk = parts.some((p) => p.result.change.nrDentry < 0 || p.result.change.nrInodes < 0);
  if (!grown && !shrunk) return quiet(line, parts);
  if (grown && shrunk) {
    const each = parts.map((p) => `${formatChange(p.result.change.nrDentry)} dentries on ${p.letter}`);
    return `${line}: ${each.join(', ')}.`;
  }
  const verb = grown ? 'made' : 'freed';
  const pair = (p: Part): readonly [number, number] => [
    Math.abs(p.result.change.nrDentry),
    Math.abs(p.result.change.nrInodes),
  ];
  let isFirst = true;
  const each = parts.map((p) => {
    const [dentries, inodes] = pair(p);
    if (dentries === 0 && inodes === 0) return `nothing on ${p.letter}`;
    const text = isFirst
      ? `${plural(dentries, 'dentry', 'dentries')} and ${plural(inodes, 'inode', 'inodes')}`
      : `${formatCount(dentries)} and ${formatCount(inodes)}`;
    isFirst = false;
    return `${text} on ${p.letter}`;
  });
  return `${line} ${verb} ${each.join(', ')}.`;
}

function quiet(line: string, parts: readonly Part[]): string {
  const unused = parts.filter((p) => p.result.change.nrUnused !== 0);
  if (unused.length === 0) return `${line} changed no count.`;
  return `${line} changed unused by ${unused.map((p) => `${formatChange(p.result.change.nrUnused)} on ${p.letter}`).join(', ')}.`;
}
