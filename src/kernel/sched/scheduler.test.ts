import { describe, expect, it } from 'vitest';
import { StateHash } from '../../base/state-hash.ts';
import type { Turn } from '../../base/turn.ts';
import type { Cpu, Work } from './cpu.ts';
import { TaskDeath } from './death.ts';
import { LOCK } from './held.ts';
import { atOnce } from './plan.ts';
import { Hung, Scheduler } from './scheduler.ts';
import { type Step, systemCall, TICK, type Wait } from './step.ts';
import type { Task } from './task.ts';
import type { TaskId } from './task-table.ts';
import { makeTask } from './tasks.ts';

type Steps<T = unknown> = Generator<Step, T, void>;

/** A machine of numbered locks that notes what ran: "A vfs_open", "A vfs_open stepping". */
class TinyCpu implements Cpu {
  current = makeTask(0 as TaskId, 'idle');
  stepping = false;
  readonly log: string[] = [];
  readonly owner = new Map<number, Task>();
  readonly hung: string[] = [];
  readonly ended: (readonly [name: string, isDone: boolean])[] = [];
  work: Steps | undefined;
  callbacks = 0;
  readonly scheduler = new Scheduler(this);
  #tasks = 0;

  isReady({ object }: Wait): boolean {
    return !this.owner.has(object);
  }

  endGracePeriods(): number {
    return this.callbacks > 0 ? this.callbacks-- : 0;
  }

  takeWork(): Work | undefined {
    const steps = this.work;
    this.work = undefined;
    return steps && { worker: makeTask(1_000_000 as TaskId, 'kworker/u8:0'), steps };
  }

  reportHung(): string {
    this.hung.push(this.current.name);
    return 'a lock';
  }

  task(name: string): Task {
    return makeTask(++this.#tasks as TaskId, name);
  }

  note(what: string): void {
    this.log.push(`${this.current.name} ${what}${this.stepping ? ' stepping' : ''}`);
  }

  /** A system call that enters these functions. */
  *enter(...fns: readonly string[]): Steps<number> {
    const { stack } = this.current;
    stack.push('syscall');
    for (const fn of fns) {
      yield fn;
      this.note(fn);
    }
    stack.pop();
    return fns.length;
  }

  *lock(lock: number): Steps<void> {
    while (this.owner.has(lock)) yield { kind: 'wait', lock: LOCK.MUTEX, object: lock };
    this.owner.set(lock, this.current);
    this.note(`has ${lock}`);
  }

  *unlock(lock: number): Steps<void> {
    yield 'mutex_unlock';
    this.owner.delete(lock);
    this.note(`gave ${lock}`);
  }
}

function finish<T>(run: Generator<unknown, T, void>): T {
  for (;;) {
    const { done, value } = run.next();
    if (done === true) return value;
  }
}

/** Runs `main`, which starts the others by name, and waits for them. */
function group(cpu: TinyCpu, others: Readonly<Record<string, () => Steps>>, turns: readonly Turn[] = []) {
  const plan = { ...atOnce(), turns: [...turns], inTurns: turns.length > 0 };
  function* main(): Steps<void> {
    const started = Object.entries(others).map(([name, steps]) => ({ task: cpu.task(name), steps }));
    for (const { task, steps } of started)
      yield { kind: 'spawn', task, steps: steps(), onEnd: (isDone) => cpu.ended.push([task.name, isDone]) };
    for (const { task } of started) yield { kind: 'child', task: task.id };
  }
  const end = finish(cpu.scheduler.run(cpu.scheduler.start(cpu.task('main'), main()), plan));
  return { end, notReached: plan.notReached };
}

describe('a program', () => {
  it('is current in its calls, and another task in the call that it makes for it', () => {
    const cpu = new TinyCpu();
    const [shell, sub] = [cpu.task('shell'), cpu.task('sub')];
    function* main(): Steps<number> {
      cpu.note('runs');
      const inner = yield* systemCall(sub, cpu.enter('vfs_open'));
      cpu.note('runs again');
      return inner + (yield* systemCall(shell, cpu.enter('vfs_read', 'vfs_write')));
    }
    expect(cpu.scheduler.complete(shell, main())).toBe(3);
    expect(cpu.log).toEqual(['shell runs', 'sub vfs_open', 'shell runs again', 'shell vfs_read', 'shell vfs_write']);
    expect(cpu.current.name).toBe('idle');
  });

  it('stops at places only if it steps, and says so to no one else', () => {
    const cpu = new TinyCpu();
    const a = cpu.scheduler.start(cpu.task('a'), cpu.enter('x'), { stepping: true });
    const b = cpu.scheduler.start(cpu.task('b'), cpu.enter('y'));
    for (const program of [a, b, a, b]) {
      cpu.scheduler.step(program);
      expect(cpu.stepping).toBe(false);
    }
    expect(cpu.log).toEqual(['a x stepping', 'b y']);
    expect([a.end, b.end]).toEqual(Array(2).fill({ kind: 'done', value: 1 }));
    expect(cpu.scheduler.isResting).toBe(true);
  });

  it('leaves every function that its call has entered: that it did not is a bug of ours', () => {
    const cpu = new TinyCpu();
    const task = cpu.task('a');
    function* forgets(): Steps<void> {
      task.stack.push('vfs_open');
    }
    const call = () => cpu.scheduler.complete(task, systemCall(task, forgets()));
    expect(call).toThrow('a has returned inside vfs_open');
    expect(task.stack).toEqual([]);
  });

  it('leaves no frame behind, whether its call returns, is dropped, or its task dies', () => {
    const cpu = new TinyCpu();
    const tasks = ['returns', 'dropped', 'dies'].map((name) => cpu.task(name));
    const [returns, dropped, dies] = tasks as [Task, Task, Task];
    function* die(): Steps<void> {
      yield* cpu.enter('dput');
      throw new TaskDeath('BUG');
    }
    cpu.scheduler.complete(returns, systemCall(returns, cpu.enter('vfs_open')));
    expect(() => cpu.scheduler.complete(dies, systemCall(dies, die()))).toThrow('BUG');
    const program = cpu.scheduler.start(dropped, systemCall(dropped, cpu.enter('vfs_open')));
    cpu.scheduler.step(program);
    expect(dropped.stack).toEqual(['syscall']);
    cpu.scheduler.dropAll();
    expect(tasks.map(({ stack }) => stack)).toEqual([[], [], []]);
    expect(cpu.scheduler.isResting).toBe(true);
  });

  it('that is dropped runs its `finally` blocks, and none of the calls in them', () => {
    const cpu = new TinyCpu();
    const task = cpu.task('a');
    let left = '';
    function* main(): Steps<void> {
      try {
        try {
          yield* systemCall(task, cpu.enter('vfs_read'));
        } finally {
          yield* systemCall(task, cpu.enter('do_exit'));
        }
      } finally {
        left = 'cleanly';
      }
    }
    cpu.scheduler.step(cpu.scheduler.start(task, main()));
    cpu.scheduler.dropAll();
    expect([cpu.log, left]).toEqual([[], 'cleanly']);
  });

  it('whose task dies still makes the calls of its end, and is over then', () => {
    const cpu = new TinyCpu();
    const task = cpu.task('a');
    function* die(): Steps<void> {
      yield 'dput';
      task.dead = true;
      throw new TaskDeath('BUG');
    }
    function* main(): Steps<void> {
      try {
        yield* systemCall(task, die());
      } finally {
        yield* systemCall(task, cpu.enter('do_exit'));
      }
    }
    const end = finish(cpu.scheduler.run(cpu.scheduler.start(task, main()), atOnce()));
    expect(end).toMatchObject({ kind: 'died', bug: { message: 'BUG' } });
    expect(cpu.log).toEqual(['a do_exit']);
  });

  it('whose task died stands in do_exit() in each of the calls of its end', () => {
    const cpu = new TinyCpu();
    const task = cpu.task('a');
    function* die(): Steps<void> {
      task.dead = true;
      task.stack.push('dput');
      task.stack.splice(0, task.stack.length, 'do_exit');
      throw new TaskDeath('BUG');
    }
    const stacks: string[] = [];
    function* close(): Steps<void> {
      task.stack.push('filp_close');
      stacks.push(task.stack.join(' '));
      task.stack.pop();
    }
    function* main(): Steps<void> {
      try {
        yield* systemCall(task, die());
      } finally {
        for (let fd = 0; fd < 2; fd++) yield* systemCall(task, close());
      }
    }
    finish(cpu.scheduler.run(cpu.scheduler.start(task, main()), atOnce()));
    expect(stacks).toEqual(['do_exit filp_close', 'do_exit filp_close']);
  });

  it('goes on after a call that failed by a mistake of ours, without the frames of that call', () => {
    const cpu = new TinyCpu();
    const task = cpu.task('a');
    function* fail(): Steps<void> {
      task.stack.push('vfs_read');
      throw new RangeError('ours');
    }
    function* main(): Steps<number> {
      try {
        yield* systemCall(task, fail());
      } catch {
        return task.stack.length;
      }
      return -1;
    }
    expect(cpu.scheduler.complete(task, main())).toBe(0);
  });

  it('that fails by a mistake of ours is over and forgotten', () => {
    const cpu = new TinyCpu();
    const program = cpu.scheduler.start(
      cpu.task('a'),
      (function* (): Steps {
        throw new RangeError('ours');
      })(),
    );
    expect(() => cpu.scheduler.step(program)).toThrow(RangeError);
    expect([cpu.scheduler.isResting, cpu.stepping]).toEqual([true, false]);
  });
});

describe('a plan', () => {
  const two = (cpu: TinyCpu) => ({
    A: () => cpu.enter('f', 'mutex_lock(m)', 'g'),
    B: () => cpu.enter('f', 'h'),
  });

  it('without turns runs each task when it is started', () => {
    const cpu = new TinyCpu();
    group(cpu, two(cpu));
    expect(cpu.log).toEqual(['A f', 'A mutex_lock(m)', 'A g', 'B f', 'B h']);
    expect(cpu.ended).toEqual([
      ['A', true],
      ['B', true],
    ]);
  });

  it('runs a task until it is about to enter a landmark, for the nth time, for some steps, or as long as it can', () => {
    const cpu = new TinyCpu();
    group(cpu, two(cpu), [
      { task: 'B', until: { steps: 2 } },
      { task: 'A', until: { landmark: 'mutex_lock', nth: 1 } },
      { task: 'B', until: undefined },
    ]);
    expect(cpu.log).toEqual(['B f', 'A f', 'B h', 'A mutex_lock(m)', 'A g'].map((line) => `${line} stepping`));
  });

  it('says which of its turns were never come to', () => {
    const cpu = new TinyCpu();
    const { notReached } = group(cpu, two(cpu), [
      { task: 'A', until: { landmark: 'f', nth: 2 } },
      { task: 'A', until: undefined },
      { task: 'B', until: { landmark: 'mutex', nth: 1 } },
    ]);
    expect(notReached).toEqual(['A@f', 'A', 'B@mutex']);
  });

  it('lets a grace period end and a work item run in turns of their own', () => {
    const cpu = new TinyCpu();
    cpu.callbacks = 1;
    cpu.work = cpu.enter('workfn');
    const moved: string[] = [];
    cpu.scheduler.observer = { before: () => undefined, after: ({ task, fn }) => moved.push(`${task} ${fn}`) < 0 };
    group(cpu, two(cpu), [
      { task: 'rcu', until: undefined },
      { task: 'A', until: { steps: 1 } },
      { task: 'kworker', until: undefined },
    ]);
    expect(cpu.log[0]).toBe('kworker/u8:0 workfn');
    expect(moved.filter((line) => !line.startsWith('main')).slice(0, 3)).toEqual([
      'rcu rcu_do_batch',
      'A start',
      'kworker process_one_work',
    ]);
  });
});

describe('waiting', () => {
  it('lets the others run, and goes on when the lock is free', () => {
    const cpu = new TinyCpu();
    const { end } = group(
      cpu,
      {
        A: function* () {
          yield* cpu.lock(1);
          yield* cpu.unlock(1);
        },
        B: function* () {
          yield* cpu.lock(1);
          yield* cpu.unlock(1);
        },
      },
      [
        { task: 'A', until: { landmark: 'mutex_unlock', nth: 1 } },
        { task: 'B', until: undefined },
      ],
    );
    expect(end.kind).toBe('done');
    expect(cpu.log.map((line) => line.replace(' stepping', ''))).toEqual([
      'A has 1',
      'A gave 1',
      'B has 1',
      'B gave 1',
    ]);
    expect(cpu.hung).toEqual([]);
  });

  it('for each other is for ever: both are given up, dead, and keep what they hold', () => {
    const cpu = new TinyCpu();
    const both = (first: number, second: number) =>
      function* () {
        yield* cpu.lock(first);
        yield 'between';
        yield* cpu.lock(second);
      };
    const { end } = group(cpu, { A: both(1, 2), B: both(2, 1) }, [
      { task: 'A', until: { landmark: 'between', nth: 1 } },
      { task: 'B', until: undefined },
    ]);
    expect(end.kind).toBe('done');
    expect(cpu.hung).toEqual(['A', 'B']);
    expect(cpu.ended).toEqual([
      ['A', false],
      ['B', false],
    ]);
    expect([...cpu.owner].map(([lock, { name, dead }]) => [lock, name, dead])).toEqual([
      [1, 'A', true],
      [2, 'B', true],
    ]);
    expect(cpu.scheduler.isResting).toBe(true);
  });

  it('of a lone task is for ever when the kernel has nothing to do either', () => {
    const cpu = new TinyCpu();
    cpu.owner.set(1, cpu.task('dead'));
    const task = cpu.task('a');
    expect(() => cpu.scheduler.complete(task, cpu.lock(1))).toThrow(Hung);
    expect([cpu.hung, task.dead]).toEqual([['a'], true]);
    cpu.work = cpu.unlock(1);
    cpu.scheduler.complete(cpu.task('b'), cpu.lock(1));
    expect(cpu.log).toEqual(['kworker/u8:0 gave 1', 'b has 1']);
  });

  it('goes on as long as the kernel has something to do, be it twice in one round', () => {
    const cpu = new TinyCpu();
    cpu.owner.set(1, cpu.task('dead'));
    cpu.callbacks = 1;
    cpu.work = (function* (): Steps<void> {
      cpu.work = cpu.unlock(1);
    })();
    cpu.scheduler.complete(cpu.task('a'), cpu.lock(1));
    expect([cpu.log, cpu.hung]).toEqual([['kworker/u8:0 gave 1', 'a has 1'], []]);
  });

  it('of a worker ends like that of any task', () => {
    const cpu = new TinyCpu();
    const holder = cpu.task('holder');
    cpu.owner.set(1, holder);
    cpu.work = cpu.lock(1);
    expect(cpu.scheduler.background('kworker')).toBe(1);
    expect([cpu.scheduler.background('kworker'), cpu.log]).toEqual([0, []]);
    cpu.owner.delete(1);
    expect(cpu.scheduler.background('kworker')).toBe(1);
    expect(cpu.log).toEqual(['kworker/u8:0 has 1']);
    cpu.work = cpu.lock(1);
    cpu.scheduler.settle();
    expect([cpu.hung, cpu.scheduler.isResting]).toEqual([['kworker/u8:0'], true]);
  });
});

describe('the hash', () => {
  const hashOf = (scheduler: Scheduler): string => {
    const sum = new StateHash();
    scheduler.addHash(sum);
    return sum.toString();
  };
  const at = (steps: number, read = 0) => {
    const cpu = new TinyCpu();
    const task = cpu.task('a');
    function* main(): Steps<void> {
      yield* systemCall(task, cpu.enter(...Array<string>(read).fill('vfs_read')));
      yield TICK;
      yield 'vfs_write';
    }
    const program = cpu.scheduler.start(task, main(), { stepping: true });
    for (let i = 0; i < steps; i++) cpu.scheduler.step(program);
    return hashOf(cpu.scheduler);
  };

  it('is that of what every program has seen: where it came to, and what its calls returned', () => {
    expect(at(1)).toBe(at(1));
    expect(new Set([at(0), at(1), at(2), at(2, 1), at(3, 1)]).size).toBe(5);
  });

  it('is none while all rest', () => {
    expect(hashOf(new TinyCpu().scheduler)).toBe(new StateHash().toString());
  });
});
