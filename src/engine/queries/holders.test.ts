import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../session/scenario.ts';
import type { ObjectRef, TreeRow } from '../protocol.ts';
import { Driver, SMALL } from '../testing/driver.ts';
import type { Holder } from './holders.ts';

const on = (design: string, vfs = '6.6.144') => ({ ...SMALL, channels: [{ kernel: 'small', design, vfs }] });
const boot = (design: string, log: readonly string[]) => Driver.boot({ config: on(design), log });

async function rows(driver: Driver, below: readonly string[]): Promise<readonly TreeRow[]> {
  return (await driver.tree({ expanded: below, rowCount: 2000 })).rows;
}

async function dentry(driver: Driver, path: string): Promise<ObjectRef> {
  const above = path.split('/').map((_, i, names) => names.slice(0, i).join('/'));
  const ref = (await rows(driver, above)).find((row) => row.path === path)?.cells[0]?.ref?.dentry;
  if (ref === undefined) throw new Error(`${path} has no dentry`);
  return ref;
}

const ask = (driver: Driver, ref: ObjectRef, withSteps = false) =>
  driver.ask('holders', { ref, limit: 100, withSteps, at: undefined });

/** "file events/sched fd 3 by 1": who, and the command. */
const words = ({ kind, name, fds, command }: Holder): string =>
  [kind, name, ...fds.map(({ fd }) => `fd ${fd}`), `by ${command}`].join(' ');

describe('who holds a dentry', () => {
  it('is what left it at its creation, who has it open and who stands there, each with the command', async () => {
    const driver = await boot('v6.5', [
      'mkdir instances/a',
      'exec 3< instances/a/events',
      'cd instances/a/events/sched',
    ]);
    const events = await ask(driver, await dentry(driver, 'instances/a/events'));
    expect(events.holders.map(words)).toEqual(
      expect.arrayContaining([
        'creation instances/a/events by 1',
        'file instances/a/events fd 3 by 2',
        'child instances/a/events/sched by 1',
        expect.stringMatching(/^child instances\/a\/events\/\(cursor\) by 2$/),
      ]),
    );
    expect(events.count).toBe(events.held);
    const sched = await ask(driver, await dentry(driver, 'instances/a/events/sched'));
    expect(sched.holders.map(words)).toContain('cwd shell by 3');
  });

  it('is the open directory that has put a dentry into its array', async () => {
    const driver = await boot('v6.6', ['exec 3< events/sched', 'ls /dev/fd/3 > /dev/null']);
    const { holders, count, held } = await ask(driver, await dentry(driver, 'events/sched/enable'));
    expect(holders.map(words)).toEqual(['opened events/sched fd 3 by 1']);
    expect([count, held]).toEqual([1, 1]);
  });

  it.each(['v6.5', 'v6.6', 'v6.12'])('is as many as d_count says, in every row of %s', async (design) => {
    const log = ['mkdir instances/a', 'exec 3< instances/a/events/sched', 'cat events/sched/enable > /dev/null'];
    const driver = await boot(design, [...log, 'cd instances/a']);
    for (const { cells, path } of await rows(driver, ['instances', 'instances/a', 'instances/a/events', 'events'])) {
      const ref = cells[0]?.ref?.dentry;
      if (ref === undefined) continue;
      const { held, count, holders, more } = await ask(driver, ref);
      expect([path, held, holders.length + more]).toEqual([path, count, held]);
    }
  });

  it('is fewer or more where the kernel has lost count', async () => {
    const scenario = parseScenario(readFileSync('src/scenarios/bugs/B01-accounting.sh', 'utf8'));
    if (!scenario.ok) throw new Error(scenario.error.message);
    const log = scenario.value.acts.map(({ text }) => text);
    const driver = await Driver.boot({ config: on('v6.6-rc2', '6.6'), log });
    const broken = driver.frame.log.findIndex(({ results }) => (results[0]?.breaches.length ?? 0) > 0);
    await driver.seek(broken);
    const [rule] = driver.frame.log[broken]?.results[0]?.breaches ?? [];
    const { count, held } = await ask(driver, rule?.objects[0] as ObjectRef);
    expect(rule?.text).toContain(`is ${String(count).replace('-', '−')}`);
    expect(held).not.toBe(count);
  });

  it('is nobody when it was freed', async () => {
    const driver = await boot('v6.5', ['mkdir instances/a']);
    const ref = await dentry(driver, 'instances/a');
    await driver.run('rmdir instances/a');
    expect(await ask(driver, ref, true)).toEqual({ count: undefined, held: 0, holders: [], more: 0 });
  });
});

describe('the step that took a reference', () => {
  it('is the one after which it is there for good', async () => {
    const driver = await boot('v6.12', ['mkdir instances/a', 'ls events > /dev/null; exec 3< events/sched', 'ls']);
    const ref = await dentry(driver, 'events/sched');
    const { holders } = await ask(driver, ref, true);
    const file = holders.find(({ kind }) => kind === 'file');
    expect(file).toMatchObject({ command: 2, step: expect.any(Number) });
    const moment = driver.frame.log[2].id;
    const at = async (step: number) =>
      (await driver.ask('holders', { ref, limit: 9, withSteps: false, at: { moment, step } })).holders.map(
        (h) => h.kind,
      );
    const step = file?.step ?? 0;
    expect([await at(step), await at(step + 1)]).toEqual([
      expect.not.arrayContaining(['file']),
      expect.arrayContaining(['file']),
    ]);
  });

  it('is not known of what was there at boot, and moves nothing that is shown', async () => {
    const driver = await boot('v6.5', ['exec 3< events/sched']);
    const before = driver.frame;
    const { holders } = await ask(driver, await dentry(driver, 'events/sched'), true);
    expect(holders.find(({ kind }) => kind === 'creation')).toMatchObject({ command: 0, step: undefined });
    expect(await driver.recount()).toEqual(before);
  });

  it('leaves out holders beyond the limit, and counts them', async () => {
    const driver = await boot('v6.5', []);
    const ref = await dentry(driver, 'events');
    const all = await ask(driver, ref);
    const few = await driver.ask('holders', { ref, limit: 2, withSteps: false, at: undefined });
    expect([few.holders.length, few.more, few.held]).toEqual([2, all.held - 2, all.held]);
  });
});

describe('in the middle of a command', () => {
  it('a task has what it took in its call, and the sum is d_count at every step', async () => {
    const driver = await boot('v6.12', ['ls events/sched/sched_switch > /dev/null; stat events/sched/none']);
    const moment = driver.frame.history.cursor;
    const ref = await dentry(driver, 'events/sched');
    const { steps } = await driver.ask('trace', { channel: 0, moment });
    const seen = new Set<string>();
    for (let step = 1; step <= steps.length; step += 3) {
      const { count, held, holders } = await driver.ask('holders', {
        ref,
        limit: 99,
        withSteps: false,
        at: { moment, step },
      });
      expect([step, held]).toEqual([step, count ?? 0]);
      for (const { kind, name } of holders) if (kind === 'call') seen.add(name);
    }
    expect([...seen]).toEqual([expect.stringMatching(/./)]);
  });
});

describe('who holds other objects', () => {
  it('of a descriptor: its creation and the dentries that count on it', async () => {
    const driver = await boot('v6.12', ['ls -l events/sched > /dev/null']);
    const row = (await rows(driver, ['events'])).find(({ path }) => path === 'events/sched');
    const { count, held, holders } = await ask(driver, row?.cells[0]?.ref?.node.object as ObjectRef);
    expect([count, holders[0]?.kind, new Set(holders.map(({ kind }) => kind)).has('d_fsdata')]).toEqual([
      held,
      'creation',
      true,
    ]);
  });

  it('of an open file: the descriptors that lead to it', async () => {
    const driver = await boot('v6.5', ['exec 3< events/sched', 'exec 4<&3']);
    const { holders } = await ask(driver, await dentry(driver, 'events/sched'));
    const file = holders.find(({ kind }) => kind === 'file');
    expect(file?.fds).toEqual([
      { task: 'shell', fd: 3 },
      { task: 'shell', fd: 4 },
    ]);
    const of = await ask(driver, file?.ref as ObjectRef);
    expect([of.count, of.held, of.holders.map(({ kind, name }) => `${kind} ${name}`)]).toEqual([
      2,
      2,
      ['fd shell', 'fd shell'],
    ]);
  });
});
