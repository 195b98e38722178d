/** Which events there are. */
import { expect, it } from 'vitest';
import { O } from '../syscalls.ts';
import { User } from '../testing/user.ts';
import { calls, findCall, isDynamic, isKprobe } from './event-calls.ts';

const probe = (user: User, line: string) => user.write('kprobe_events', `${line}\n`, O.WRONLY | O.APPEND);

function events({ kernel: { k } }: User): readonly string[] {
  return calls(k).map((call) => `${k.text(k.call.system[call])}/${k.text(k.call.name[call])}`);
}

it('are those that are compiled in, then those that somebody made, in the places of removed ones first', () => {
  const user = new User();
  const compiled = events(user);
  for (const name of ['a', 'b']) probe(user, `p:kprobes/${name} vfs_read`);
  expect(events(user)).toEqual([...compiled, 'kprobes/a', 'kprobes/b']);
  probe(user, '-:kprobes/a');
  probe(user, 'p:kprobes/c vfs_read');
  expect(events(user)).toEqual([...compiled, 'kprobes/c', 'kprobes/b']);
});

it('are found by system and name, both', () => {
  const user = new User();
  const { k } = user.kernel;
  probe(user, 'p:mine/kp vfs_read');
  probe(user, 'p:kprobes/kp vfs_read');
  const find = (system: string, name: string) => findCall(k, k.atoms.intern(system), k.atoms.intern(name));
  const [mine, theirs, compiled] = [find('mine', 'kp'), find('kprobes', 'kp'), find('sched', 'sched_switch')];
  expect([mine > 0, theirs > mine, find('mine', 'sched_switch'), find('sched', 'kp')]).toEqual([true, true, 0, 0]);
  expect([mine, compiled].map((call) => [isDynamic(k, call), isKprobe(k, call)])).toEqual([
    [true, true],
    [false, false],
  ]);
  probe(user, '-:mine/kp');
  expect([find('mine', 'kp'), find('kprobes', 'kp')]).toEqual([0, theirs]);
});
