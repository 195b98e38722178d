/** Paths of system calls: where they start, what they climb over, and what is said of a last name that is none. */
import { describe, expect, it } from 'vitest';
import { User } from '../../testing/user.ts';
import { MOUNT } from './path-init.ts';

const SCHED = 'events/sched';

describe('a path', () => {
  it.each([
    ['sched_switch/id', `${SCHED}/sched_switch/id`],
    ['./sched_switch//id', `${SCHED}/sched_switch/id`],
    ['../irq/irq_entry', 'events/irq/irq_entry'],
    ['../../instances', 'instances'],
    [`${MOUNT}/instances`, 'instances'],
    ['/sys/kernel/debug/tracing/instances', 'instances'],
    ['/proc/../sys/kernel/tracing/instances', 'instances'],
    ['.', SCHED],
  ])('%s from events/sched is %s', (path, is) => {
    const user = new User();
    const wanted = user.do('stat', is);
    user.do('chdir', SCHED);
    expect(wanted).toMatchObject({ ino: expect.any(Number) });
    expect(user.do('stat', path)).toEqual(wanted);
  });

  it('climbs out of tracefs, and in again', () => {
    const user = new User();
    user.do('chdir', '..');
    expect(user.do('getcwd')).toBe('/sys/kernel');
    user.do('chdir', 'tracing/events');
    expect(user.do('getcwd')).toBe(`${MOUNT}/events`);
    user.do('chdir', '../../../..');
    expect([user.do('getcwd'), user.do('chdir', '../..'), user.do('getcwd')]).toEqual(['/', 0, '/']);
  });

  it.each([
    ['', 'ENOENT'],
    ['/none', 'ENOENT'],
    ['/proc/version/x', 'ENOENT'],
    ['tracing_on/', 'ENOTDIR'],
    ['tracing_on/..', 'ENOTDIR'],
    ['x'.repeat(4096), 'ENAMETOOLONG'],
  ])('"%s" is %s', (path, error) => {
    expect(new User().do('stat', path)).toBe(error);
  });

  it('below a directory without a name leads nowhere', () => {
    const user = User.on('v6.5');
    user.do('mkdir', 'instances/a');
    user.do('chdir', 'instances/a');
    user.do('rmdir', `${MOUNT}/instances/a`);
    expect([user.do('getcwd'), user.do('stat', 'events')]).toEqual(['ENOENT', 'ENOENT']);
    expect(user.do('chdir', MOUNT)).toBe(0);
    expect(user.kernel.checkInvariants()).toEqual([]);
  });
});

describe('a working directory', () => {
  it.each([
    ['tracing_on', 'ENOTDIR'],
    ['/proc/version', 'ENOTDIR'],
    ['/none', 'ENOENT'],
    ['none', 'ENOENT'],
  ])('cannot be %s: %s', (path, error) => {
    const user = new User();
    expect([user.do('chdir', path), user.do('getcwd')]).toEqual([error, MOUNT]);
  });

  it('is held while somebody stands there', () => {
    const user = new User();
    user.do('chdir', SCHED);
    user.write('/proc/sys/vm/drop_caches', '2');
    const { k } = user.kernel;
    expect([k.dentry.count[user.task.cwd], user.do('getcwd')]).toEqual([1, `${MOUNT}/${SCHED}`]);
  });
});

describe('a last name that is none', () => {
  it.each<['mkdir' | 'rmdir', string, string]>([
    ['mkdir', 'instances/..', 'EEXIST'],
    ['mkdir', '.', 'EEXIST'],
    ['mkdir', '/proc', 'EEXIST'],
    ['mkdir', '/new', 'EPERM'],
    ['rmdir', 'instances/..', 'ENOTEMPTY'],
    ['rmdir', '/proc', 'EPERM'],
    ['rmdir', MOUNT, 'EBUSY'],
  ])('%s %s is %s', (call, path, error) => {
    expect(new User().do(call, path)).toBe(error);
  });
});
