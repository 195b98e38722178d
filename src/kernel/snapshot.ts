/** The state of a kernel at rest, for going back to it: its arena, and as plain data what tasks have and hold. */
import type { ArenaSnapshot } from '../base/arena.ts';
import { textHash } from '../base/atoms.ts';
import type { Kern } from './kern.ts';
import type { SrcuSnapshot } from './memory/rcu.ts';
import { type FileId, makeTask, type Task } from './sched/task.ts';

type TaskSnapshot = Omit<Task, 'fds' | 'stack'> & { readonly fds: readonly (readonly [fd: number, file: FileId])[] };

/** What lies beside the arena. It survives JSON. */
interface Beside {
  readonly tasks: readonly TaskSnapshot[];
  /** Task that holds each of Kern.mutexes. */
  readonly owners: readonly number[];
  readonly srcu: SrcuSnapshot;
  readonly rcu: SrcuSnapshot;
}

export interface KernelSnapshot extends Beside {
  readonly arena: ArenaSnapshot;
}

const besideOf = (k: Kern): Beside => ({
  tasks: [...k.tasks.values()].map(({ fds, stack: _, ...task }) => ({ ...task, held: [...task.held], fds: [...fds] })),
  owners: k.mutexes.map((m) => m.owner),
  srcu: k.srcu.snapshot(),
  rcu: k.rcu.snapshot(),
});

export const snapshotOf = (k: Kern): KernelSnapshot => ({ arena: k.arena.snapshot(), ...besideOf(k) });

/** Goes to a state of this kernel, or of one booted alike. A task that is there keeps its identity. */
export function restoreTo(k: Kern, { arena, tasks, owners, srcu, rcu }: KernelSnapshot): void {
  k.arena.restore(arena);
  const known = new Map(k.tasks);
  k.tasks.clear();
  for (const { id, fds, held, ...rest } of tasks) {
    const task = known.get(id) ?? makeTask(id, rest.name);
    Object.assign(task, rest);
    task.fds.clear();
    for (const [fd, file] of fds) task.fds.set(fd, file);
    task.held.splice(0, task.held.length, ...held);
    task.stack.length = 0;
    k.tasks.set(id, task);
  }
  for (const [i, m] of k.mutexes.entries()) m.owner = owners[i];
  k.srcu.restore(srcu);
  k.rcu.restore(rcu);
}

/** The hash of the whole state: of what is there, in which order free places are taken, and how often each was used. */
export const hashOf = (k: Kern): string => k.arena.hash() + (textHash(JSON.stringify(besideOf(k))) >>> 0).toString(16);
