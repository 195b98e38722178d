/** A mkdir that runs through makes its files several at once (tracefs/at-once.ts); one that stops at every step cannot. */
import { expect, it } from 'vitest';
import { DESIGNS } from '../../src/kernel/designs/registry.ts';
import { boot, type Kernel } from '../../src/kernel/kernel.ts';
import { loadMachine } from '../conformance/machines.ts';

/** Runs mkdir of an instance to its end, stopping at every step or at none. */
function mkdir(kernel: Kernel, name: string, stepping: boolean): void {
  const task = kernel.spawn('A');
  const program = kernel.scheduler.start(task, kernel.sys.mkdir(task, `instances/${name}`), { stepping });
  while (program.end === undefined) kernel.scheduler.step(program);
  expect(program.end).toMatchObject({ value: { ok: true } });
  kernel.scheduler.complete(task, kernel.sys.exit(task));
  kernel.settle();
}

const LONG = 'an_instance_with_a_name_that_does_not_fit_into_its_dentry';

function compare(machine: string, design?: string): void {
  const [stepped, atOnce] = [true, false].map((stepping) => {
    const kernel = boot(loadMachine(machine), design === undefined ? {} : { design });
    for (const name of ['a', LONG, 'b']) mkdir(kernel, name, stepping);
    return kernel;
  }) as [Kernel, Kernel];
  expect(atOnce.counters()).toEqual(stepped.counters());
  expect(atOnce.slabs()).toEqual(stepped.slabs());
  expect(atOnce.checkInvariants()).toEqual([]);
  expect(`${atOnce.hash()}`).toBe(`${stepped.hash()}`);
}

it.each(DESIGNS.map(({ id }) => id))('both leave the same state, on %s', (design) => compare('small', design));

it('both leave the same state on a recorded kernel, with a security module', () => compare('linux-6.1.0-56-amd64'));
