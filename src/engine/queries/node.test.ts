import { describe, expect, it } from 'vitest';
import type { NodeRequest, TreeRow } from '../protocol.ts';
import { Driver, SMALL } from '../testing/driver.ts';

const on = (design: string) => ({ ...SMALL, channels: [{ kernel: 'small', design, vfs: '6.6.144' }] });

/** A row as it was when it was chosen, and what is said of it later. */
class Choice {
  readonly driver: Driver;
  readonly #request: NodeRequest;

  constructor(driver: Driver, { path, cells }: TreeRow) {
    this.driver = driver;
    this.#request = { path, refs: cells.map(({ ref }) => ref), rest: 'none', seenAt: driver.frame.history.cursor };
  }

  static async of(driver: Driver, path: string): Promise<Choice> {
    const above = path.split('/').map((_, i, names) => names.slice(0, i).join('/'));
    const { rows } = await driver.tree({ expanded: above, rowCount: 1000 });
    const row = rows.find((one) => one.path === path);
    if (row === undefined) throw new Error(`no row ${path}`);
    return new Choice(driver, row);
  }

  /** "instances/a there", "instances/a freed" */
  async now(): Promise<string> {
    const { path, channels } = await this.driver.ask('node', this.#request);
    return `${path} ${channels[0]?.fate}`;
  }
}

describe.each(['v6.5', 'v6.6', 'v6.12'])('a chosen row on %s', (design) => {
  const boot = (log: readonly string[]) => Driver.boot({ config: on(design), log });

  /** rename(2) is EPERM in tracefs: what changes the name of a row is a removal while somebody has it open. */
  it('is the same directory under another name', async () => {
    const driver = await boot(['mkdir instances/a', 'exec 3< instances/a']);
    const a = await Choice.of(driver, 'instances/a');
    await driver.run('rmdir instances/a; mkdir instances/a');
    expect(await a.now()).toBe('instances/a (deleted) there');
    await driver.undo();
    expect(await a.now()).toBe('instances/a there');
    await driver.redo();
    expect(await a.now()).toBe('instances/a (deleted) there');
    await driver.run('exec 3<&-');
    expect(await a.now()).toBe('instances/a freed');
  });

  it('is freed when it is removed, and not what is made in its place', async () => {
    const driver = await boot(['mkdir instances/a']);
    const a = await Choice.of(driver, 'instances/a');
    await driver.run('rmdir instances/a');
    expect(await a.now()).toBe('instances/a freed');
    await driver.run('mkdir instances/a');
    expect(await a.now()).toBe('instances/a freed');
    await driver.undo();
    await driver.undo();
    expect(await a.now()).toBe('instances/a there');
    await driver.redo();
    expect(await a.now()).toBe('instances/a freed');
  });

  it('is still to come before it is made, and another in a branch where something else is', async () => {
    const driver = await boot(['mkdir instances/a']);
    const a = await Choice.of(driver, 'instances/a');
    await driver.undo();
    expect(await a.now()).toBe('instances/a not made');
    await driver.redo();
    expect(await a.now()).toBe('instances/a there');
    await driver.undo();
    await driver.run('mkdir instances/z');
    expect(await a.now()).toBe('instances/a not made');
  });

  it('stays what it is when its dentry comes and goes', async () => {
    const driver = await boot([]);
    const file = await Choice.of(driver, 'events/sched/sched_switch/enable');
    for (const line of ['ls -lR events > /dev/null', 'echo 2 > /proc/sys/vm/drop_caches']) {
      await driver.run(line);
      expect(await file.now()).toBe('events/sched/sched_switch/enable there');
    }
  });
});

it('of two of one name the one that was chosen is followed when the other goes', async () => {
  const log = ['mkdir instances/a', 'exec 3< instances/a', 'rmdir instances/a', 'mkdir instances/a'];
  const driver = await Driver.boot({ config: on('v6.5'), log: [...log, 'exec 4< instances/a', 'rmdir instances/a'] });
  const { rows } = await driver.tree({ expanded: ['instances'] });
  const names = rows.filter(({ path }) => path.startsWith('instances/a')).map(({ path }) => path);
  expect(names).toEqual(['instances/a (deleted)', 'instances/a (deleted) 2']);
  const both = await Promise.all(names.map((path) => Choice.of(driver, path)));
  await driver.run('exec 4<&-');
  expect(await Promise.all(both.map((one) => one.now()))).toEqual([
    'instances/a (deleted) freed',
    'instances/a (deleted) there',
  ]);
});

it('a removed event is followed to the dentry that somebody still has', async () => {
  const log = ["echo 'p:kprobes/kp1 vfs_read' > kprobe_events", 'exec 3< events/kprobes/kp1'];
  const driver = await Driver.boot({ config: on('v6.12'), log });
  const event = await Choice.of(driver, 'events/kprobes/kp1');
  await driver.run("echo '-:kprobes/kp1' >> kprobe_events");
  expect(await event.now()).toMatch(/kp1.* there$/);
  await driver.run('exec 3<&-; echo 2 > /proc/sys/vm/drop_caches');
  expect(await event.now()).toMatch(/ freed$/);
});
