/** Steps in words: docs/visual-design.md, "Words". The kernel's words in the kernel's spelling. */
import { formatCount, joinWords } from '../../base/format.ts';
import type { Trace, TraceEvent, TraceStep } from '../../state/protocol.ts';
import { breaksForGood, brokenWords } from '../parts/trouble.ts';

const VERBS: Readonly<Record<string, string>> = { lru_add: 'add to the LRU:', lru_del: 'take off the LRU:' };

/** "i_rwsem of events/sched"; memory is called by what lies in it. */
function objectWords({ kind, name }: TraceEvent): string {
  if (kind === 'i_rwsem' || kind === 'inode') return `${kind} of ${name}`;
  if (name !== '') return name;
  return kind === 'name' ? 'copy of a name' : kind;
}

/** "d_count 1 → 2", "shared", "negative"; '' = nothing to add. */
function valueWords({ count, isShared, isNegative }: TraceEvent): string {
  if (count !== undefined) return `d_count ${count[0]} → ${count[1]}`;
  if (isShared !== undefined) return isShared ? 'shared' : 'exclusive';
  return isNegative === true ? 'negative' : '';
}

/** "get events/sched, d_count 1 → 2"; "lock i_rwsem of events/sched, shared". */
export function eventWords(event: TraceEvent): string {
  const value = valueWords(event);
  return [`${VERBS[event.op] ?? event.op} ${objectWords(event)}`, ...(value === '' ? [] : [value])].join(', ');
}

/** The last two names of a path, for a row of few pixels. */
const shortPath = (path: string): string => path.split('/').slice(-2).join('/');

/** The same with paths cut to their last two names. */
export const shortEventWords = (event: TraceEvent): string =>
  eventWords({ ...event, name: event.name === '/' ? '/' : shortPath(event.name) });

/** What a task does at its first step, and where nothing of the kernel is entered. */
const FN_WORDS: Readonly<Record<string, string>> = { start: 'starts', tick: 'goes on' };

export const fnWords = (fn: string): string => FN_WORDS[fn] ?? fn;

/** Whether it names a function of the kernel. */
export const isFunction = (fn: string): boolean => !(fn in FN_WORDS);

/** All that a step did, in one line. */
export function stepWords(step: TraceStep, words: (event: TraceEvent) => string = eventWords): string {
  const parts = step.events.map(words);
  if (step.waitsFor !== undefined) parts.push(`waits for ${step.waitsFor.text}`);
  if (step.oops !== undefined) parts.unshift(step.oops.text);
  parts.push(...(step.breaches ?? []).map((breach) => `breaks ${brokenWords(breach)}`));
  return parts.join('; ');
}

/** "Step 12 of 87, task A, dput: put events/sched, d_count 3 → 2; holds eventfs_mutex" */
export function stepName(step: TraceStep, count: number): string {
  const did = stepWords(step);
  const holds = step.held.length === 0 ? '' : `; holds ${joinWords(step.held.map(({ text }) => text))}`;
  const oops = step.oops === undefined ? (breaksForGood(step) ? 'invariant broken, ' : '') : 'kernel bug, ';
  return `${oops}Step ${formatCount(step.index + 1)} of ${formatCount(count)}, task ${step.task}, ${fnWords(step.fn)}${did === '' ? '' : `: ${did}`}${holds}`;
}

/** What the person should know of a trace before reading it. */
export function traceNotes({ notReached, truncated, steps }: Trace, title: string): readonly string[] {
  const notes: string[] = [];
  if (notReached.length > 0) notes.push(`Not reached on ${title}: ${notReached.join(', ')}.`);
  if (truncated) notes.push(`The command makes more than ${formatCount(steps.length)} steps: these are the first.`);
  return notes;
}
