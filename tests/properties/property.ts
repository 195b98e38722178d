/**
 * After any sequence of moves, what is seen (and what is not: tables, log, invariants) equals what a fresh engine shows that
 * ran the commands which led to the cursor, and nothing else.
 */
import { listing, type Move, type Question } from './moves.ts';
import { FORGETFUL, type Pace, Person, type Setting } from './person.ts';
import { contrasts, firstDifference, look, type Seen } from './seen.ts';

/** What fresh engines show, by the commands they ran. Each runs forward only; one that is asked for a longer log goes on. */
export class Fresh {
  readonly #setting: Setting;
  readonly #seen = new Map<string, Seen>();
  readonly #answers = new Map<string, string>();
  #person: Person | undefined;

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  async after(path: readonly string[]): Promise<Seen> {
    const key = JSON.stringify(path);
    const known = this.#seen.get(key);
    if (known !== undefined) return known;
    const seen = look(await this.#at(path));
    this.#seen.set(key, seen);
    return seen;
  }

  /** What an engine that ran this log and did nothing else answers to a question about it. */
  async answer(path: readonly string[], question: Question): Promise<string | undefined> {
    const key = JSON.stringify([path, question]);
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = await (await Person.boot(this.#setting, path, FORGETFUL)).ask(question);
    if (answer !== undefined) this.#answers.set(key, answer);
    return answer;
  }

  async #at(path: readonly string[]): Promise<Person> {
    const old = this.#person;
    const isBehind =
      old !== undefined && old.path.length < path.length && old.path.every((line, i) => line === path[i]);
    const person = isBehind ? old : await Person.boot(this.#setting, [], FORGETFUL);
    for (const line of path.slice(person.path.length)) await person.make({ do: 'run', line });
    this.#person = person;
    return person;
  }
}

export interface Failure {
  /** The moves that led there: what comes later was not made. */
  readonly moves: readonly Move[];
  readonly contrasts: readonly string[];
}

/** Makes the moves on an engine; the first that leads to another state than it should. Undefined = none. */
export async function firstFailure(
  setting: Setting,
  moves: readonly Move[],
  pace: Pace,
  fresh = new Fresh(setting),
): Promise<Failure | undefined> {
  const person = await Person.boot(setting, [], pace);
  const visited: (readonly string[])[] = [[]];
  for (const [i, move] of moves.entries()) {
    const before = { path: person.path, log: person.frame.log.map(({ command }) => command) };
    const made = await makeMove(person, move, fresh);
    const seen =
      made ?? wrongPath(move, before, person.path, visited) ?? contrasts(look(person), await fresh.after(person.path));
    visited.push(person.path);
    if (seen.length > 0) return { moves: moves.slice(0, i + 1), contrasts: seen };
  }
  return undefined;
}

/** Undefined = it went well; otherwise what was thrown, or how an answer was wrong. */
async function makeMove(person: Person, move: Move, fresh: Fresh): Promise<readonly string[] | undefined> {
  const { frame, path } = person;
  const question = person.question(move);
  try {
    if (question === undefined) {
      await person.make(move);
      return undefined;
    }
    const answer = await person.ask(question);
    const { command } = question;
    // What lies beyond the cursor is for the history to say.
    if (command !== undefined && command > frame.position) return undefined;
    const want = await fresh.answer(path.slice(0, command ?? path.length), question);
    return answer === want ? undefined : [`answer: ${firstDifference(answer ?? '', want ?? '')}`];
  } catch (error) {
    return [`threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}

interface Before {
  readonly path: readonly string[];
  readonly log: readonly string[];
}

/** A move leads to where it says, or (refused or cancelled) nowhere. Undo and redo lead to where the person has been. */
function wrongPath(
  move: Move,
  before: Before,
  after: readonly string[],
  visited: readonly (readonly string[])[],
): readonly string[] | undefined {
  const paths = [before.path, ...(targetsOf(move, before) ?? visited)];
  if (paths.some((path) => same(path, after))) return undefined;
  return [`the log is now ${JSON.stringify(after)}, not one of ${JSON.stringify(paths)}`];
}

/** Undefined = where the person has been. */
function targetsOf(move: Move, { path, log }: Before): readonly (readonly string[])[] | undefined {
  switch (move.do) {
    case 'cancel':
      return targetsOf(move.move, { path, log });
    case 'run':
      return [[...path, move.line]];
    case 'reset':
      return [[]];
    case 'seek':
      return [log.slice(1, 1 + (move.position % log.length))];
    case 'undo':
    case 'redo':
      return undefined;
    default:
      return [];
  }
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((line, i) => line === b[i]);

/** A failure as a person reads it: the moves as code, and what they led to. */
export const describeFailure = ({ id }: Setting, { moves, contrasts: seen }: Failure): string =>
  `on ${id}, after ${listing(moves)}\nit is not as a fresh engine that ran the same log:\n  ${seen.join('\n  ')}`;
