/** What became of an object, by its name. */
import { expect, it } from 'vitest';
import { Race } from '../testing/race.ts';
import { dentryRef, fateOf, fileRef, inodeRef, taskRef } from './refs.ts';

it('a dentry is there until it is killed, whatever lies in its place afterwards', () => {
  const m = new Race('v6.5');
  const { k } = m.kernel;
  const start = m.kernel.snapshot();
  m.run('T: mkdir instances/a');
  const a = dentryRef(k, m.dentry('instances/a'));
  expect(fateOf(k, a)).toBe('there');
  m.run('T: rmdir instances/a');
  expect(fateOf(k, a)).toBe('freed');
  m.run('T: mkdir instances/b');
  expect(fateOf(k, a)).toBe('freed');
  m.kernel.restore(start);
  expect(fateOf(k, a)).toBe('not made');
});

it('a free place is no object', () => {
  const m = new Race('v6.12');
  const { k } = m.kernel;
  m.run('T: opendir events');
  const file = [...(k.tasks.values()[0]?.fds.values() ?? [])][0] ?? 0;
  expect(fateOf(k, fileRef(k, file))).toBe('there');
  m.run('T: close');
  expect(fateOf(k, fileRef(k, file))).toBe('freed');
});

it('the inode of the root is there, though it lies in another cache', () => {
  const { k } = new Race('v6.12').kernel;
  expect(fateOf(k, inodeRef(k, k.dentry.inode[k.small.root]))).toBe('there');
});

it('a task is there until it has ended, and no other ever has its name', () => {
  const m = new Race('v6.12');
  m.run('T: stat events');
  const [task] = m.kernel.k.tasks.values();
  const ref = taskRef(task?.id ?? 0);
  expect(fateOf(m.kernel.k, ref)).toBe('there');
  m.kernel.k.tasks.delete(ref.index);
  expect(fateOf(m.kernel.k, ref)).toBe('freed');
});
