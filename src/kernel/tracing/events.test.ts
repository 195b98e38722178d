/** Events and their files as somebody meets them who reads and writes below events/. */
import { describe, expect, it } from 'vitest';
import { O } from '../syscalls.ts';
import { User } from '../testing/user.ts';

const SWITCH = 'events/sched/sched_switch';
const BOTH = 'events/sched/sched_waking';
const WRITE = O.WRONLY;

describe.each(['v6.5', 'v6.6', 'v6.12'])('enable on %s', (design) => {
  const states = (user: User) => ['events', 'events/sched', SWITCH].map((dir) => user.read(`${dir}/enable`).trim());

  it('says of a set whether all, none or some are on', () => {
    const user = User.on(design);
    expect(states(user)).toEqual(['0', '0', '0']);
    user.write(`${SWITCH}/enable`, '1\n', WRITE);
    expect(states(user)).toEqual(['X', 'X', '1']);
    user.write(`${BOTH}/enable`, '1\n', WRITE);
    expect(states(user)).toEqual(['X', '1', '1']);
    user.write('events/enable', '1\n', WRITE);
    expect(states(user)).toEqual(['1', '1', '1']);
    user.write('events/sched/enable', '0\n', WRITE);
    expect(states(user)).toEqual(['X', '0', '0']);
  });

  it('takes 0 and 1 and nothing else', () => {
    const user = User.on(design);
    for (const text of ['2', '', 'on']) expect(user.write(`${SWITCH}/enable`, text, WRITE)).toBe('EINVAL');
    expect(states(user)).toEqual(['0', '0', '0']);
  });

  it('of one instance is not that of another', () => {
    const user = User.on(design);
    user.do('mkdir', 'instances/a');
    user.write(`instances/a/${SWITCH}/enable`, '1\n', WRITE);
    expect([user.read(`instances/a/${SWITCH}/enable`), user.read(`${SWITCH}/enable`)]).toEqual(['1\n', '0\n']);
  });

  it('gives back what it took when the last is off: probes and names, but not the ring buffer', () => {
    const user = User.on(design);
    user.write(`${SWITCH}/enable`, '1\n', WRITE);
    for (const dir of [SWITCH, 'events/sched']) user.write(`${dir}/enable`, '0\n', WRITE);
    const off = user.kernel.slabs();
    user.write('events/sched/enable', '1\n', WRITE);
    expect(user.kernel.slabs()).not.toEqual(off);
    user.write('events/sched/enable', '0\n', WRITE);
    expect(user.kernel.slabs()).toEqual(off);
  });

  it('twice is as good as once', () => {
    const user = User.on(design);
    user.write(`${SWITCH}/enable`, '1\n', WRITE);
    const on = user.kernel.slabs();
    user.write(`${SWITCH}/enable`, '1\n', WRITE);
    expect(user.kernel.slabs()).toEqual(on);
  });
});

describe('the ring buffer', () => {
  it('grows at the first event that is enabled, for ever', () => {
    const user = new User();
    const size = () => user.read('buffer_size_kb');
    const pages = () => user.kernel.slabs()['kmalloc-64'][0];
    const before = pages();
    user.write(`${SWITCH}/enable`, '1\n', WRITE);
    const grown = pages();
    expect(grown - before).toBeGreaterThan(300); // 354 pages a CPU
    user.write(`${SWITCH}/enable`, '0\n', WRITE);
    user.write(`${SWITCH}/enable`, '1\n', WRITE);
    expect(pages()).toBe(grown);
    expect(size()).toBe('ENOENT'); // the test machine has no such file
  });

  it('of an instance is full from the start, and goes with it', () => {
    const user = new User();
    const bytes = user.kernel.slabBytes();
    user.do('mkdir', 'instances/a');
    const { k } = user.kernel;
    expect(k.small.ringPages).toBeGreaterThan(300);
    user.do('rmdir', 'instances/a');
    expect(user.kernel.slabBytes()).toEqual(bytes);
  });
});

describe('what is written to a file', () => {
  it.each([
    [`${SWITCH}/filter`, 'none\n', 'prev_pid == 1'],
    [`${SWITCH}/trigger`, expect.stringContaining('# Available triggers:'), 'traceoff'],
    ['events/sched/filter', expect.stringContaining('### global filter ###'), 'prev_pid == 1'],
  ])('%s is read back, and 0 takes it away', (file, without, text) => {
    const user = new User();
    expect(user.read(file)).toEqual(without);
    expect(user.write(file, `${text}\n`, WRITE)).toBe(text.length + 1);
    expect(user.read(file).trim()).toBe(text);
    user.write(file, '0\n', WRITE);
    expect(user.read(file)).toEqual(without);
  });

  it('stands in that file alone, and is gone with its instance', () => {
    const user = new User();
    for (const name of ['a', 'b']) user.do('mkdir', `instances/${name}`);
    const filters = () => ['a', 'b'].map((name) => user.read(`instances/${name}/${SWITCH}/filter`));
    user.write(`instances/a/${SWITCH}/filter`, 'prev_pid == 1\n', WRITE);
    expect(filters()).toEqual(['prev_pid == 1\n', 'none\n']);
    user.do('rmdir', 'instances/a');
    user.do('mkdir', 'instances/a');
    expect(filters()).toEqual(['none\n', 'none\n']);
  });

  it.each([
    ['tracing_on', '0\n', '0\n'],
    ['tracing_on', '7\n', '1\n'],
  ])('%s, %o, leaves %o', (file, text, left) => {
    const user = new User();
    user.write(file, text, WRITE);
    expect(user.read(file)).toBe(left);
  });

  it.each([`${SWITCH}/id`, `${SWITCH}/format`, 'events/header_page'])('%s cannot be written', (file) => {
    expect(new User().write(file, '1', WRITE)).toBe('EINVAL');
  });
});

it('every event has a number of its own, in its id and its format', () => {
  const user = new User();
  const ids = [SWITCH, BOTH, 'events/irq/irq_entry'].map((event) => user.read(`${event}/id`).trim());
  expect(new Set(ids).size).toBe(3);
  expect(user.read(`${BOTH}/format`)).toContain(`name: sched_waking\nID: ${ids[1]}\nformat:\n`);
});
