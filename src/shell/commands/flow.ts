/** Builtins that say where to go on: `break`, `continue`, `return`, `exit`. */
import type { Step } from '../../kernel/sched/step.ts';
import { EXIT, type Flow, NEXT, RETURN } from '../run/flow.ts';
import type { Exit, Process, ShellCommand } from './command.ts';
import { complain } from './messages.ts';

const NO_CALLS = { coreutils: '', bare: '' };
/** bash's status for a number that is none. */
const NOT_A_NUMBER = 2;

function* wrongNumber(process: Process, text: string, status: number): Generator<Step, number> {
  yield* complain(process, `${text}: numeric argument required`);
  return status;
}

const loopCommand = (name: 'break' | 'continue'): ShellCommand => ({
  name,
  synopsis: `${name} [N]`,
  kind: 'builtin',
  calls: NO_CALLS,
  *run(process, [count = '1']): Generator<Step, Exit> {
    const { loops } = process.context;
    if (loops === 0) {
      yield* complain(process, "only meaningful in a `for', `while', or `until' loop");
      return 0;
    }
    if (!/^\d+$/.test(count)) return { status: yield* wrongNumber(process, count, 128), flow: EXIT };
    if (Number(count) === 0) {
      yield* complain(process, `${count}: loop count out of range`);
      return { status: 1, flow: { kind: 'break', levels: loops } };
    }
    return { status: 0, flow: { kind: name, levels: Math.min(Number(count), loops) } };
  },
});

export const breakCommand = loopCommand('break');
export const continueCommand = loopCommand('continue');

const leaving = (name: 'return' | 'exit', flow: Flow): ShellCommand => ({
  name,
  synopsis: `${name} [STATUS]`,
  kind: 'builtin',
  calls: NO_CALLS,
  *run(process, [status]): Generator<Step, Exit> {
    const { context } = process;
    if (name === 'return' && context.variables.depth === 0) {
      yield* complain(process, "can only `return' from a function or sourced script");
      return { status: 2, flow: NEXT };
    }
    if (status === undefined) return { status: context.status, flow };
    if (!/^[-+]?\d+$/.test(status)) return { status: yield* wrongNumber(process, status, NOT_A_NUMBER), flow };
    return { status: Number(BigInt.asUintN(8, BigInt(status))), flow };
  },
});

export const returnCommand = leaving('return', RETURN);
export const exit = leaving('exit', EXIT);
