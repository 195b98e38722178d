/**
 * The file tests of `test`, `[` and `[[`: one stat each (lstat for -L and -h), as bash does it. The access tests -r -w -x
 * are faccessat2 there, the same walk; the model has only root, who may read and write everything.
 */
import type { Step } from '../../kernel/sched/step.ts';
import type { Stat } from '../../kernel/syscalls.ts';
import type { Calls } from '../io/noted-calls.ts';

type StatTest = (stat: Stat) => boolean;

const never: StatTest = () => false;
const always: StatTest = () => true;
const modeBit =
  (bit: number): StatTest =>
  (stat) =>
    (stat.mode & bit) !== 0;

const STAT_TESTS: Readonly<Record<string, StatTest>> = {
  '-a': always,
  '-e': always,
  '-f': (stat) => stat.type === 'file',
  '-d': (stat) => stat.type === 'dir',
  '-s': (stat) => stat.size > 0,
  '-r': always,
  '-w': always,
  '-x': (stat) => stat.type === 'dir' || (stat.mode & 0o111) !== 0,
  '-b': never,
  '-c': never,
  '-p': never,
  '-S': never,
  '-g': modeBit(0o2000),
  '-u': modeBit(0o4000),
  '-k': modeBit(0o1000),
  '-O': (stat) => stat.uid === 0,
  '-G': (stat) => stat.gid === 0,
};
const LINK_TESTS = ['-L', '-h'];

export const isFileTest = (operator: string): boolean => operator in STAT_TESTS || LINK_TESTS.includes(operator);

export function* fileTest(calls: Calls, operator: string, path: string): Generator<Step, boolean> {
  if (LINK_TESTS.includes(operator)) {
    const stat = yield* calls.lstat(path);
    return stat.ok && stat.value.type === 'link';
  }
  const stat = yield* calls.stat(path);
  return stat.ok && (STAT_TESTS[operator] ?? never)(stat.value);
}

/** -ef: two stats. -nt and -ot compare times, which the model does not have. */
export function* sameFile(calls: Calls, left: string, right: string): Generator<Step, boolean> {
  const a = yield* calls.stat(left);
  const b = yield* calls.stat(right);
  return a.ok && b.ok && a.value.ino === b.value.ino && left === right;
}
