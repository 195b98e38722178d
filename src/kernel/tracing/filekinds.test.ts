/** Open files of tracefs: what each holds, what it says once its event or instance is gone. */
import { describe, expect, it } from 'vitest';
import { O } from '../syscalls.ts';
import { User } from '../testing/user.ts';

const KP = 'events/kprobes/kp';
const probe = (user: User, line: string) => user.write('kprobe_events', `${line}\n`, O.WRONLY | O.APPEND);

/** Objects of all caches that an open file takes and its close gives back, once for reading, once for writing. */
const cost = (user: User, file: string, flags: number) => {
  const objects = () => Object.values(user.kernel.slabs()).reduce((sum, [active]) => sum + active, 0);
  user.do('stat', file); // its dentry is there
  const before = objects();
  const fd = user.do('open', file, flags);
  const open = objects() - before;
  if (typeof fd === 'number') user.do('close', fd);
  return [open, objects() - before];
};

describe.each(['v6.5', 'v6.12'])('an open file on %s', (design) => {
  it.each([
    ['tracing_on', 1],
    ['kprobe_events', 2], // seq_file
    ['events/enable', 2], // seq_buf of the whole state
    ['events/sched/enable', 1],
    ['events/sched/sched_switch/enable', 1],
    ['events/sched/sched_switch/format', 2],
    ['events/sched/sched_switch/trigger', 2],
    ['events/sched/sched_switch/id', 1],
  ])('%s takes %i objects for reading, one for writing, and gives them back', (file, objects) => {
    const user = User.on(design);
    expect(cost(user, file, O.RDONLY)).toEqual([objects, 0]);
    expect(cost(user, file, O.WRONLY)).toEqual([1, 0]);
  });

  it('that is read through seq_file takes a buffer at the first read', () => {
    const user = User.on(design);
    const buffers = () => user.kernel.slabs()['kmalloc-4k'][0];
    const fd = user.do('open', 'kprobe_events', O.RDONLY) as number;
    const before = buffers();
    user.do('read', fd, 10);
    user.do('read', fd, 10);
    expect(buffers() - before).toBe(1);
    user.do('close', fd);
    expect(buffers()).toBe(before);
  });
});

describe('an event that is removed', () => {
  it.each([
    ['v6.12', 'enable', 'ENODEV'],
    ['v6.12', 'filter', 'ENODEV'],
    ['v6.12', 'format', 'ENODEV'],
    ['v6.12', 'trigger', 'ENODEV'],
  ])('on %s while %s is open: reading says %s', (design, file, error) => {
    const user = User.on(design);
    probe(user, 'p:kprobes/kp vfs_read');
    const fd = user.do('open', `${KP}/${file}`, O.RDONLY) as number;
    expect(probe(user, '-:kprobes/kp')).toBeGreaterThan(0);
    expect(user.do('read', fd, 10)).toBe(error);
    user.do('close', fd);
    expect([user.kernel.oopses, user.kernel.checkInvariants()]).toEqual([[], []]);
  });

  it('is kept in memory by who has its enable open and by dentries that nobody has looked at since, and goes with the last', () => {
    const user = new User();
    probe(user, 'p:kprobes/kp vfs_read');
    const there = () => user.kernel.slabs().trace_event_file[0];
    const before = there();
    const fds = [user.do('open', `${KP}/enable`, O.RDONLY), user.do('open', `${KP}/enable`, O.RDONLY)] as number[];
    probe(user, '-:kprobes/kp');
    expect(there()).toBe(before);
    user.do('close', fds[0]);
    expect(there()).toBe(before);
    user.do('close', fds[1]);
    expect(there()).toBe(before);
    for (let i = 0; i < 2; i++) user.write('/proc/sys/vm/drop_caches', '2');
    expect(there()).toBe(before - 1);
  });
});

describe('lockdown', () => {
  it('refuses all files but those that say nothing of the kernel, for ever, and instances too', () => {
    const user = new User();
    user.do('mkdir', 'instances/a');
    expect(user.write('/sys/kernel/security/lockdown', 'integrity\n')).toBeGreaterThan(0);
    expect(user.read('tracing_on')).toBe('1\n');
    expect(user.write('/sys/kernel/security/lockdown', 'confidentiality\n')).toBeGreaterThan(0);
    const event = 'events/sched/sched_switch';
    const opens = ['tracing_on', `${event}/enable`, `${event}/format`, `${event}/id`].map((file) => user.read(file));
    expect(opens.map((text) => text === 'EPERM')).toEqual([true, true, false, false]);
    expect(user.do('mkdir', 'instances/b')).toBe('EINVAL');
    expect(user.write('/sys/kernel/security/lockdown', 'none\n')).toBe('EPERM');
  });
});
