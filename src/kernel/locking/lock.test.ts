import { describe, expect, it } from 'vitest';
import { boot, type Kernel } from '../kernel.ts';
import { mapHeld } from '../sched/held.ts';
import type { Program } from '../sched/program.ts';
import type { Step } from '../sched/step.ts';
import type { Task } from '../sched/task.ts';
import { testMachine } from '../testing/test-machine.ts';
import { describeLock, describeWait } from './describe-lock.ts';
import {
  inodeLock,
  inodeLockShared,
  inodeUnlock,
  inodeUnlockShared,
  mutexLock,
  mutexUnlock,
  posLock,
  posUnlock,
  srcuReadLock,
  srcuReadUnlock,
} from './lock.ts';

type Fn = Generator<Step, unknown, void>;

/** Two tasks on one kernel: what each holds, and what B waits for. */
class Pair {
  readonly kernel: Kernel = boot(testMachine(['sched/sched_switch']), { design: 'v6.12' });
  readonly k = this.kernel.k;
  /** An open file of nobody's. */
  readonly file = this.#openFile();
  readonly a = this.kernel.spawn('A');
  readonly b = this.kernel.spawn('B');

  #openFile(): number {
    this.k.file.reserve(2);
    return 1;
  }

  /** Runs steps of a task as far as they come; what it waits for then, in words. */
  run(task: Task, steps: Fn): { readonly program: Program; readonly waits: string } {
    const { scheduler } = this.kernel;
    const program = scheduler.start(task, steps);
    while (program.end === undefined && program.wait === undefined) scheduler.step(program);
    return { program, waits: program.wait === undefined ? '' : describeWait(this.k, program.wait) };
  }

  held(task: Task): readonly string[] {
    return mapHeld(task, (lock, object) => describeLock(this.k, lock, object));
  }

  /** Unlocks as A; B, which waited, has the lock then. */
  handsOver(program: Program, unlock: () => void): void {
    const { scheduler } = this.kernel;
    expect(scheduler.isBlocked(program)).toBe(true);
    this.run(this.a, just(unlock));
    expect(this.held(this.a)).toEqual([]);
    expect(scheduler.isBlocked(program)).toBe(false);
    scheduler.step(program);
    expect(program.end?.kind).toBe('done');
  }
}

function* just(act: () => void): Generator<never, void, void> {
  act();
}

describe('who finds a lock taken waits for it, and has it next', () => {
  it('a mutex', () => {
    const m = new Pair();
    const { eventfsMutex } = m.k;
    m.run(m.a, mutexLock(m.k, eventfsMutex));
    const { program, waits } = m.run(m.b, mutexLock(m.k, eventfsMutex));
    expect([m.held(m.a), waits, m.held(m.b)]).toEqual([['eventfs_mutex'], 'eventfs_mutex', []]);
    expect(m.run(m.b, mutexLock(m.k, m.k.eventMutex)).waits).toBe('');
    m.handsOver(program, () => mutexUnlock(m.k, eventfsMutex));
    expect(m.held(m.b)).toEqual(['event_mutex', 'eventfs_mutex']);
  });

  it('i_rwsem: readers let readers in, and nobody else', () => {
    const m = new Pair();
    const root = m.k.dentry.inode[m.k.small.root] as number;
    m.run(m.a, inodeLockShared(m.k, root));
    expect(m.run(m.b, inodeLockShared(m.k, root)).waits).toBe('');
    m.run(
      m.b,
      just(() => inodeUnlockShared(m.k, root)),
    );
    const { program, waits } = m.run(m.b, inodeLock(m.k, root));
    expect([m.held(m.a), waits]).toEqual([['i_rwsem of / (shared)'], 'i_rwsem of / (exclusive)']);
    m.handsOver(program, () => inodeUnlockShared(m.k, root));
    expect(m.run(m.a, inodeLockShared(m.k, root)).waits).toBe('i_rwsem of / (shared)');
    m.run(
      m.b,
      just(() => inodeUnlock(m.k, root)),
    );
    expect(m.held(m.b)).toEqual([]);
  });

  it('f_pos_lock', () => {
    const m = new Pair();
    m.run(m.a, posLock(m.k, m.file));
    const { program, waits } = m.run(m.b, posLock(m.k, m.file));
    expect([m.held(m.a), waits]).toEqual([['f_pos_lock'], 'f_pos_lock']);
    m.handsOver(program, () => posUnlock(m.k, m.file));
  });

  it('the open directory that two threads read', () => {
    const m = new Pair();
    const { scheduler, sys } = m.kernel;
    const fd = scheduler.complete(m.a, sys.open(m.a, 'events', 0));
    if (!fd.ok) throw new Error(fd.errno);
    const child = scheduler.complete(m.a, sys.fork(m.a, 'thread'));
    if (!child.ok) throw new Error(child.errno);
    const first = scheduler.start(m.a, sys.getdents(m.a, fd.value), { stepping: true });
    while (m.held(m.a).length === 0) scheduler.step(first);
    const second = m.run(child.value, sys.getdents(child.value, fd.value));
    expect(second.waits).toBe('f_pos_lock');
  });
});

it('nobody gives back what another task holds', () => {
  const m = new Pair();
  m.run(m.a, mutexLock(m.k, m.k.eventfsMutex));
  m.run(m.a, posLock(m.k, m.file));
  const section = { of: 0 };
  m.run(
    m.a,
    just(() => (section.of = srcuReadLock(m.k))),
  );
  for (const unlock of [
    () => mutexUnlock(m.k, m.k.eventfsMutex),
    () => posUnlock(m.k, m.file),
    () => srcuReadUnlock(m.k, section.of),
  ])
    expect(() => m.run(m.b, just(unlock))).toThrow(/does not (own it|hold)/);
});
