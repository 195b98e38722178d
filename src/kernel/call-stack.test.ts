/** What a person reads as call stack is what the functions have entered and not left. */
import { expect, it } from 'vitest';
import { enter, leave } from './call-stack.ts';
import { Race } from './testing/race.ts';

it('a function is left when all that it called has been', () => {
  const m = new Race('v6.12');
  const { k } = m.kernel;
  k.current = m.kernel.spawn('T');
  const outer = enter(k, 'vfs_rmdir');
  const inner = enter(k, 'd_delete');
  expect(() => leave(k, outer)).toThrow('vfs_rmdir is left inside d_delete');
  leave(k, inner);
  leave(k, outer);
  expect(k.current.stack).toEqual([]);
});
