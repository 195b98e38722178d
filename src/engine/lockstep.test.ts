import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AssertionError } from '../base/assert.ts';
import type { ChannelOptions } from './channel.ts';
import { loadMachines } from './load-machines.ts';
import { isRefused, Lockstep } from './lockstep.ts';
import { loadMachine } from './testing/driver.ts';

let options: readonly ChannelOptions[];
let lockstep: Lockstep;

beforeAll(async () => {
  const channels = ['v6.5', 'v7.1'].map((design) => ({ kernel: 'small', design }));
  options = await loadMachines(loadMachine, { channels, cpus: 2, userland: 'coreutils' });
});

beforeEach(() => {
  lockstep = new Lockstep(options);
});

function run(line: string) {
  const parsed = lockstep.parse(line);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const steps = lockstep.run(line, parsed.value.commands, lockstep.totals());
  for (let next = steps.next(); ; next = steps.next()) if (next.done === true) return next.value;
}

const instances = () => lockstep.channels.map((channel) => channel.instances);

describe('a command', () => {
  it('runs on each kernel in its own shell, and says what it did there', () => {
    const ran = run('mkdir instances/a; cd instances/a; pwd');
    expect(ran.results.map(({ stdout, status }) => [stdout, status])).toEqual(
      Array(2).fill(['/sys/kernel/tracing/instances/a\n', 0]),
    );
    const [native, newest] = ran.results.map(({ change }) => change.nrDentry);
    expect(native).toBeGreaterThan(Number(newest));
    expect(ran.totals).toEqual(lockstep.totals());
    expect(ran.sentence).toContain(`made ${native} dentries`);
  });

  it('says how far it is: kernels that are done, or turns of a loop over all of them', () => {
    const line = 'for i in 1 2 3; do mkdir instances/a$i; done';
    const parsed = lockstep.parse(line);
    if (!parsed.ok) throw new Error(parsed.error.message);
    const seen = new Set<string>();
    for (const _ of lockstep.repeat(line, parsed.value.commands)) {
      const { channel, done, total } = lockstep.progress;
      seen.add(`${channel}: ${done} of ${total}`);
    }
    expect(seen.has('0: 2 of 6')).toBe(true);
    expect(seen.has('1: 5 of 6')).toBe(true);
  });

  it('is refused only where it changed nothing', () => {
    expect(isRefused(run('eval nonsense'))).toBe(true);
    expect(isRefused(run('mkdir instances/a; eval nonsense'))).toBe(false);
    expect(isRefused(run('rmdir instances/none'))).toBe(false);
  });
});

describe('a kernel whose model fails an assertion', () => {
  /** The first kernel fails at the next mkdir. */
  const breaks = () => {
    const { sys } = lockstep.channels[0].kernel;
    const { mkdir } = sys;
    Object.assign(sys, {
      *mkdir(): Generator<never, never, void> {
        throw new AssertionError('ours');
      },
    });
    return () => Object.assign(sys, { mkdir });
  };

  it('stops and says why, and the others go on', () => {
    breaks();
    const { results } = run('mkdir instances/a');
    expect(results.map(({ status, stderr }) => [status, stderr])).toEqual([
      [1, 'the model stopped: ours\n'],
      [0, ''],
    ]);
    expect([lockstep.isBroken, instances()]).toEqual([true, [[], ['a']]]);
    expect(run('pwd').results.map(({ status }) => status)).toEqual([1, 0]);
  });

  it('goes on when all go back', () => {
    const before = lockstep.snapshot();
    const mend = breaks();
    run('mkdir instances/a');
    lockstep.restore(before);
    mend();
    run('mkdir instances/b');
    expect([lockstep.isBroken, instances()]).toEqual([false, [['b'], ['b']]]);
  });
});

describe('the state of all kernels', () => {
  it('is one thing: it goes back for all of them, shells included', () => {
    run('mkdir instances/a; x=1');
    const before = [lockstep.snapshot(), lockstep.totals()] as const;
    run('rmdir instances/a; x=2; cd events; exec 3< sched');
    lockstep.restore(before[0]);
    expect([lockstep.totals(), instances(), run('echo $x; pwd').results[1].stdout]).toEqual([
      before[1],
      [['a'], ['a']],
      '1\n/sys/kernel/tracing\n',
    ]);
  });

  it('costs what was written since, on all of them, until it is released', () => {
    const before = lockstep.snapshot();
    expect(lockstep.bytesOnlyIn(before)).toBe(0);
    run('mkdir instances/a');
    const bytes = lockstep.bytesOnlyIn(before);
    expect([bytes > 0, lockstep.savedBytes >= bytes]).toEqual([true, true]);
    const saved = lockstep.savedBytes;
    lockstep.release([before]);
    expect(lockstep.savedBytes).toBe(saved - bytes);
  });
});
