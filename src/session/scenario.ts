/**
 * A scenario: the shell script a person would type on a real machine, with comments that the app reads. The same file
 * runs in a root shell, where the comments are comments.
 *
 *   # @title The accounting bug of September 2023      one line each, at the top
 *   # @design v6.6-rc2                                 which design shows it; @fixed: where it is clean
 *   # @expect invariant I1                             what must be seen on @design and not on @fixed: bug.ts
 *
 * `# @caption` says what the commands below it are about; several lines make one caption. Paragraphs are set apart by blank lines. In a paragraph that holds `# @task` or `# @schedule`, all lines together are
 * one command: background jobs, each named by the `# @task` above it, and the `wait` that ends them. In all others every
 * line is a command of its own.
 */
import { err, ok, type Result } from '../base/result.ts';
import type { Turn } from '../base/turn.ts';

export interface Act {
  /** Line of the scenario it starts at, from 1. */
  readonly line: number;
  readonly text: string;
  /** What `# @caption` above it says; '' = nothing. */
  readonly caption: string;
}

export interface Scenario {
  /** `# @key value`, in order; a key may stand several times. */
  readonly meta: readonly (readonly [key: string, value: string])[];
  /** Entries of the log. */
  readonly acts: readonly Act[];
}

export interface ScenarioProblem {
  readonly code: 'badDirective' | 'badSchedule';
  readonly line: number;
  readonly message: string;
}

const DIRECTIVE = /^\s*#\s*@(\w+)\s*(.*?)\s*$/;
const KEYS = [
  'title',
  'caption',
  'bug',
  'kernel',
  'design',
  'also',
  'fixed',
  'vfs',
  'expect',
  'symptom',
  'commit',
  'task',
  'schedule',
  'note',
];

/** The value of a directive, or undefined. */
export const metaOf = (scenario: Scenario, key: string): string | undefined =>
  scenario.meta.find(([k]) => k === key)?.[1];

/** Splits a script into acts and reads its directives. */
export function parseScenario(text: string): Result<Scenario, ScenarioProblem> {
  const meta: (readonly [string, string])[] = [];
  const acts: Act[] = [];
  let paragraph: { readonly line: number; readonly lines: string[] } | undefined;
  let captions: string[] = [];
  const end = () => {
    if (paragraph === undefined) return;
    const made = actsOf(paragraph.line, paragraph.lines, captions.join(' '));
    if (made.length > 0) captions = [];
    acts.push(...made);
    paragraph = undefined;
  };
  const lines = [...text.split('\n'), ''];
  for (const [i, line] of lines.entries()) {
    const directive = DIRECTIVE.exec(line);
    const key = directive?.[1] ?? '';
    if (directive !== null && !KEYS.includes(key))
      return err({
        code: 'badDirective',
        line: i + 1,
        message: `there is no directive @${key}; there are @${KEYS.join(' @')}`,
      });
    if (directive !== null && key === 'schedule') {
      const schedule = parseSchedule(directive[2] ?? '');
      if (!schedule.ok) return err({ code: 'badSchedule', line: i + 1, message: schedule.error });
    }
    if (directive !== null && key !== 'task' && key !== 'schedule') {
      if (key === 'caption' && paragraph !== undefined && !hasSchedule(paragraph.lines.join('\n'))) end();
      if (key === 'caption') captions.push(directive[2] ?? '');
      meta.push([key, directive[2] ?? '']);
      // In the middle of a paragraph its place is kept, so that the lines after it have their numbers.
      paragraph?.lines.push('#');
      continue;
    }
    if (line.trim() === '') end();
    else {
      paragraph ??= { line: i + 1, lines: [] };
      paragraph.lines.push(line);
    }
  }
  return ok({ meta, acts });
}

/** Whether a piece of script names tasks or says how they interleave. */
export const hasSchedule = (text: string): boolean =>
  text.split('\n').some((line) => ['task', 'schedule'].includes(DIRECTIVE.exec(line)?.[1] ?? ''));

function actsOf(line: number, lines: readonly string[], caption: string): Act[] {
  const text = lines.join('\n');
  if (hasSchedule(text)) return [{ line, text, caption }];
  const commands = [...lines.entries()].filter(([, command]) => !/^\s*(#|$)/.test(command));
  return commands.map(([i, command], n) => ({ line: line + i, text: command.trim(), caption: n === 0 ? caption : '' }));
}

/** The values of `# @task` and of `# @schedule` in one act, in order of their lines. */
export function directivesOf(act: string): {
  readonly tasks: readonly { readonly line: number; readonly name: string }[];
  readonly turns: readonly Turn[];
} {
  const tasks: { line: number; name: string }[] = [];
  const turns: Turn[] = [];
  for (const [i, line] of act.split('\n').entries()) {
    const [, key, value = ''] = DIRECTIVE.exec(line) ?? [];
    if (key === 'task') tasks.push({ line: i + 1, name: value });
    if (key !== 'schedule') continue;
    const schedule = parseSchedule(value);
    if (schedule.ok) turns.push(...schedule.value);
  }
  return { tasks, turns };
}

/** `A@d_instantiate B@dput#2 A×5 kworker A`: landmarks (the nth time they are met), counts of steps, or to the end. */
export function parseSchedule(text: string): Result<readonly Turn[], string> {
  const turns: Turn[] = [];
  for (const word of text.split(/\s+/).filter((w) => w !== '')) {
    const match = /^([A-Za-z]\w*)(?:@([\w./()>-]+?)(?:#(\d+))?|[×x*](\d+))?$/.exec(word);
    if (match === null) return err(`"${word}" is no turn: write A, A@function, A@function#2 or A×5`);
    const [, task = '', landmark, nth, steps] = match;
    if (steps !== undefined) turns.push({ task, until: { steps: Number(steps) } });
    else if (landmark !== undefined) turns.push({ task, until: { landmark, nth: Number(nth ?? 1) } });
    else turns.push({ task, until: undefined });
  }
  return ok(turns);
}
