/** Whose memory it is, in the words of the readings. */
import { expect, it } from 'vitest';
import { User } from '../testing/user.ts';
import { memoryByInstance, notFilledBytes } from './memory-by-instance.ts';

const owners = ({ kernel: { k } }: User) =>
  memoryByInstance(k).map(({ instance, removed }) => `${instance}${removed ? ' removed' : ''}`);

it('is the top instance’s and that of each that was made, in that order', () => {
  const user = new User();
  expect(owners(user)).toEqual(['']);
  for (const name of ['b', 'a']) user.do('mkdir', `instances/${name}`);
  expect(owners(user)).toEqual(['', 'b', 'a']);
});

it('of two new instances with names of one length is the same, and has a ring buffer', () => {
  const user = User.on('v6.5');
  for (const name of ['b', 'a']) user.do('mkdir', `instances/${name}`);
  const [top, b, a] = memoryByInstance(user.kernel.k);
  expect({ ...a, instance: 'b' }).toEqual(b);
  expect([a.ringBufferBytes > 1_000_000, a.objects.get('trace_event_file')]).toEqual([
    true,
    top.objects.get('trace_event_file'),
  ]);
  expect(a.bytes.get('dentry')).toBe(Number(a.objects.get('dentry')) * 192);
});

it('of a removed one is gone, or what it left behind', () => {
  const user = User.on('v6.5');
  user.do('mkdir', 'instances/a');
  const fd = user.do('open', 'instances/a/events', 0) as number;
  user.do('rmdir', 'instances/a');
  expect(owners(user)).toEqual(['', 'a removed']);
  expect(memoryByInstance(user.kernel.k)[1]).toMatchObject({ ringBufferBytes: 0 });
  user.do('close', fd);
  expect(owners(user)).toEqual(['']);
});

it('in slabs that no object fills is what the readings say of slab pages, without the objects', () => {
  const user = new User();
  const { k } = user.kernel;
  const before = notFilledBytes(k);
  const ptr = k.kmalloc(1024, 1, 'iterator'); // four to a slab of a page
  expect(notFilledBytes(k) - before).toBe(3 * 1024);
  k.kfree(ptr);
  expect(notFilledBytes(k)).toBe(before);
});
