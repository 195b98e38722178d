import { beforeAll, describe, expect, it } from 'vitest';
import type { Frame, Measure } from './protocol.ts';
import { Driver, quiet } from './testing/driver.ts';

const CONFIG = {
  channels: [{ kernel: 'linux-6.1.0-56-amd64' }, { kernel: 'linux-6.12.117-amd64' }],
  cpus: 2,
  userland: 'coreutils',
} as const;
const EXPANDED = ['events', 'instances'];

const counts = ({ readings }: Frame) =>
  readings.map((r) => [r.nrDentry, r.nrInodes, r.nrUnused, r.nrNegative, r.slabBytes]);
const changes = ({ readings }: Frame) => readings.map((r) => [r.change.nrDentry, r.change.nrInodes]);

describe('two kernels in lockstep', () => {
  let driver: Driver;
  beforeAll(async () => {
    driver = await Driver.boot({ config: CONFIG });
  });

  it('says in words what mkdir cost on each kernel', async () => {
    const frame = await driver.run('mkdir instances/i1');
    expect(changes(frame)).toEqual([
      [9649, 9649],
      [86, 86],
    ]);
    expect(frame.log.at(-1)?.sentence).toBe(
      'mkdir instances/i1 made 9,649 dentries and 9,649 inodes on A, 86 and 86 on B.',
    );
    expect(frame.instances).toEqual(['i1']);
  });

  it('takes back the last command to the byte', async () => {
    const before = driver.frame;
    for (const command of [
      'exec 3< events/sched',
      'ls -lR instances/i1 > /dev/null',
      'cd events',
      'rmdir ../instances/i1',
    ]) {
      await driver.run(command);
    }
    for (let i = 0; i < 4; i++) await driver.undo();
    const after = driver.frame;
    expect(counts(after)).toEqual(counts(before));
    expect({ cwd: after.cwd, fds: after.openFiles, log: after.log.length }).toEqual({
      cwd: before.cwd,
      fds: [],
      log: 2,
    });
  });

  it('marks what a command made, and not what was merely not looked at before', async () => {
    await driver.tree({ expanded: EXPANDED });
    await driver.run('mkdir instances/marked');
    const { rows } = await driver.tree({ expanded: ['instances', 'instances/marked', 'options'], rowCount: 500 });
    const mark = (path: string) => rows.find((row) => row.path === path)?.mark;
    expect([mark('instances/marked'), mark('options/bin'), mark('instances')]).toEqual(['new', undefined, 'changed']);
    await driver.undo();
  });

  it('shows any position of the log without changing it', async () => {
    await driver.run('exec 3< events/sched');
    await driver.run('echo 2 > /proc/sys/vm/drop_caches');
    const end = driver.frame;
    const past = await driver.seek(1);
    expect(past.position).toBe(1);
    expect(past.openFiles).toEqual([]);
    expect(past.log).toHaveLength(4);
    expect(counts(await driver.seek(3))).toEqual(counts(end));
    expect(driver.frame.openFiles).toMatchObject([{ fd: 3, path: 'events/sched' }]);
    await driver.run('exec 3<&-');
  });

  it('changes no count by looking at every row of the whole tree', async () => {
    const before = counts(driver.frame);
    let expanded = [''];
    for (let depth = 0; depth < 8; depth++) {
      const { rows } = await driver.tree({ expanded, rowCount: 100_000 });
      const dirs = rows.filter((row) => row.kind === 'dir').map((row) => row.path);
      if (dirs.length === expanded.length) break;
      expanded = dirs;
    }
    const tree = await driver.tree({ expanded, rowCount: 100_000 });
    expect(tree.totalRows).toBeGreaterThan(21_000);
    expect(tree.rows.some((row) => row.expanded === false && row.kind === 'dir')).toBe(false);
    for (const { path } of tree.rows.slice(0, 200))
      await driver.ask('node', { path, refs: [], rest: 'at path', seenAt: 0 });
    await driver.tree({ nameFilter: 'sched' });
    expect(counts(await driver.recount())).toEqual(before);
  });

  it.each<[Measure, (f: Frame) => readonly number[]]>([
    ['dentries', (f) => f.readings.map((r) => r.change.nrDentry)],
    ['inodes', (f) => f.readings.map((r) => r.change.nrInodes)],
    ['unused', (f) => f.readings.map((r) => r.change.nrUnused)],
    ['slab', (f) => f.readings.map((r) => r.change.slabBytes)],
  ])('lists behind every change of %s just the objects that make it up', async (measure, figure) => {
    const commands = [
      'ls -lR events/sched > /dev/null',
      'mkdir instances/door',
      'rmdir instances/door',
      'echo 2 > /proc/sys/vm/drop_caches',
    ];
    for (const text of commands) {
      const frame = await driver.run(text);
      const before = counts(frame);
      for (const channel of [0, 1]) {
        const list = await driver.ask('objects', {
          channel,
          measure,
          moment: frame.history.cursor,
          offset: 0,
          limit: 5,
        });
        expect([text, channel, list.sum]).toEqual([text, channel, figure(frame)[channel]]);
      }
      expect(counts(await driver.recount())).toEqual(before);
    }
  });

  it('lists behind every figure the objects that exist', async () => {
    const { readings } = driver.frame;
    for (const channel of [0, 1]) {
      const sum = async (measure: Measure) =>
        (await driver.ask('objects', { channel, measure, moment: undefined, offset: 0, limit: 1 })).sum;
      expect([await sum('dentries'), await sum('inodes'), await sum('unused')]).toEqual([
        readings[channel]?.nrDentry,
        readings[channel]?.nrInodes,
        readings[channel]?.nrUnused,
      ]);
    }
  });

  it('refuses what it cannot run, with the place, and keeps everything', async () => {
    const before = driver.frame;
    const outcome = await driver.engine.run('ls | frobnicate\n', quiet);
    expect(outcome).toMatchObject({ kind: 'refused', problem: { code: 'unknownCommand', line: 1, column: 6 } });
    expect(outcome.frame.log).toHaveLength(before.log.length);
    expect(counts(outcome.frame)).toEqual(counts(before));
    expect((await driver.engine.run('for i in', quiet)).kind).toBe('refused');
  });

  it('restores the position before a command that is cancelled', async () => {
    const before = driver.frame;
    const { engine } = driver;
    const running = engine.run('for i in $(seq 2000); do mkdir instances/c$i; done', () => engine.cancel());
    expect(await running).toMatchObject({ kind: 'cancelled' });
    const after = await driver.recount();
    expect(counts(after)).toEqual(counts(before));
    expect(after.instances).toEqual(before.instances);
  });

  it("answers bad names with the kernel's own errno in words", async () => {
    const sentence = async (command: string) => (await driver.run(command)).log.at(-1)?.sentence;
    expect(await sentence('mkdir instances/i1')).toBe('mkdir failed on A and B: File exists (EEXIST).');
    expect(await sentence(`mkdir instances/${'x'.repeat(256)}`)).toContain('File name too long (ENAMETOOLONG)');
    expect(await sentence('mkdir instances/a/b')).toBe('mkdir failed on A and B: No such file or directory (ENOENT).');
    expect(await sentence('mkdir events/x')).toBe('mkdir failed on A and B: Operation not permitted (EPERM).');
  });

  it('shows both results when the kernels differ, and goes on with both', async () => {
    await driver.run('mkdir instances/d');
    await driver.run('exec 3< instances/d/events/header_page');
    const frame = await driver.run('rmdir instances/d');
    expect(frame.log.at(-1)?.sentence).toMatch(
      / on A\. B refused: EBUSY\. fd 3 has instances\/d\/events\/header_page open: close it and try again\.$/,
    );
    expect(frame.openFiles).toMatchObject([{ fd: 3, channels: [{ open: true }, { open: true }] }]);
    const { rows } = await driver.tree({
      expanded: ['instances', 'instances/d (deleted)', 'instances/d (deleted)/events (deleted)'],
    });
    const removed = rows.find((row) => row.path === 'instances/d (deleted)/events (deleted)/header_page (deleted)');
    expect(removed?.cells.map((cell) => [cell.state, cell.count, cell.fds])).toEqual([
      ['removed', 1, [3]],
      ['absent', undefined, []],
    ]);
  });
});

describe('tasks', () => {
  it('run one after the other unless a schedule says otherwise, and the log goes on after them', async () => {
    const driver = await Driver.boot({ config: CONFIG });
    const frame = await driver.run('mkdir instances/a & mkdir instances/b & wait; rmdir instances/a &');
    expect(frame.instances).toEqual(['b']);
    const race = `# @task A
stat events/irq/irq_handler_entry/id > /dev/null &
# @task B
stat events/irq/irq_handler_entry/id > /dev/null &
# @schedule A@mutex_lock B A
wait`;
    const raced = await driver.run(race);
    expect(raced.readings.map((r) => r.change.nrDentry)).toEqual([0, 3]);
    expect(raced.log.at(-1)?.results.map((r) => r.notReached)).toEqual([['A@mutex_lock'], []]);
    const trace = await driver.ask('trace', { channel: 1, moment: raced.history.cursor });
    expect(trace.tasks).toEqual(['shell', 'A', 'B']);
    const waits = trace.steps.filter((step) => step.waitsFor !== undefined);
    expect(waits.map((step) => [step.task, step.waitsFor])).toContainEqual([
      'B',
      {
        ref: expect.objectContaining({ kernel: 1, cache: 'dentry' }),
        isShared: false,
        text: expect.stringContaining('lookup of'),
      },
    ]);
    const counts = trace.steps.map((step) => step.counters.nrDentry);
    expect(counts.at(-1)).toBe(raced.readings[1]?.nrDentry);
    const asked = { channel: 1, moment: raced.history.cursor, step: waits[0]?.index ?? 0, expanded: EXPANDED };
    expect((await driver.ask('peek', asked)).length).toBeGreaterThan(100);
    expect(counts.length).toBeGreaterThan(20);
  });
});

describe('booting', () => {
  it('runs the log again and gets the same frame', async () => {
    const log = [
      'mkdir instances/i1',
      'ls -lR instances/i1 | wc -l',
      'exec 3< instances/i1/events',
      'rmdir instances/i1',
    ];
    const first = await Driver.boot({ config: CONFIG });
    for (const command of log) await first.run(command);
    const second = await Driver.boot({ config: CONFIG, log });
    expect({ ...second.frame, epoch: 0 }).toEqual({ ...first.frame, epoch: 0 });
  });

  it('gives both kernels the same event tree when asked', async () => {
    const channels = [{ kernel: CONFIG.channels[0].kernel, tree: CONFIG.channels[1].kernel }, CONFIG.channels[1]];
    const driver = await Driver.boot({ config: { ...CONFIG, channels } });
    const frame = await driver.run('mkdir instances/i1');
    expect(frame.channels.map((c) => [c.events, c.entries])).toEqual([
      [1494, 10_714],
      [1494, 10_714],
    ]);
    expect(changes(frame)[0]).toEqual([9649 - 9575 + 10_714, 9649 - 9575 + 10_714]);
  });
});
