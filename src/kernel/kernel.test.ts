/** A machine boots to the counters that were recorded on it, whatever the model itself makes of them. */
import { describe, expect, it } from 'vitest';
import { boot } from './kernel.ts';
import type { Machine } from './machine.ts';
import { testMachine } from './testing/test-machine.ts';

const MACHINE = testMachine(['sched/sched_switch', 'irq/irq_entry']);
const RECORDED = { nrDentry: 5000, nrUnused: 300, nrNegative: 20, nrInodes: 4000 };
const recorded: Machine = { ...MACHINE, boot: { ...RECORDED, slabs: { ...MACHINE.boot.slabs, dentry: [4990, 5100] } } };

it('boots to what was recorded', () => {
  const kernel = boot(recorded);
  expect(kernel.counters()).toEqual(RECORDED);
  expect(kernel.slabs().dentry).toEqual([4990, 5103]); // 21 to a slab
  expect(kernel.checkInvariants()).toEqual([]);
});

describe('with another design than the recorded one', () => {
  it('has what is foreign, and what the design makes', () => {
    const [native, newest] = ['v6.5', 'v7.1'].map((design) => boot(recorded, { design }).counters());
    expect(native).toEqual(RECORDED);
    expect([newest.nrUnused, newest.nrNegative]).toEqual([RECORDED.nrUnused, RECORDED.nrNegative]);
    const dentries = native.nrDentry - newest.nrDentry;
    expect(dentries).toBeGreaterThan(20);
    expect(native.nrInodes - newest.nrInodes).toBe(dentries);
  });
});

it('takes up a snapshot of a kernel that was booted alike', () => {
  const first = boot(recorded);
  const task = first.spawn('T');
  const second = boot(recorded, { alike: first });
  expect(second.counters()).toEqual(RECORDED);
  const made = first.scheduler.complete(task, first.sys.mkdir(task, '/sys/kernel/tracing/instances/a'));
  expect(made).toEqual({ ok: true, value: 0 });
  second.restore(first.snapshot());
  expect([second.counters(), second.slabs()]).toEqual([first.counters(), first.slabs()]);
});
