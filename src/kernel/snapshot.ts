/** The state of a kernel at rest, for going back to it. */
import type { ArenaSnapshot } from '../base/arena.ts';
import type { Kern } from './kern.ts';
import type { Task } from './sched/task.ts';

export interface KernelSnapshot {
  readonly arena: ArenaSnapshot;
  readonly tasks: readonly {
    readonly task: Task;
    readonly fds: readonly (readonly [number, Task['fds'] extends Map<number, infer F> ? F : never])[];
    readonly cwd: Task['cwd'];
    readonly foreignCwd: string;
    readonly held: readonly Task['held'][number][];
    readonly dead: boolean;
  }[];
  readonly owners: readonly number[];
  readonly restoreSrcu: () => void;
  readonly restoreRcu: () => void;
}

export const snapshotOf = (k: Kern): KernelSnapshot => ({
  arena: k.arena.snapshot(),
  tasks: [...k.tasks.values()].map((task) => ({
    task,
    fds: [...task.fds],
    cwd: task.cwd,
    foreignCwd: task.foreignCwd,
    held: task.held.slice(),
    dead: task.dead,
  })),
  owners: k.mutexes.map((m) => m.owner),
  restoreSrcu: k.srcu.snapshot(),
  restoreRcu: k.rcu.snapshot(),
});

export function restoreTo(k: Kern, snapshot: KernelSnapshot): void {
  k.arena.restore(snapshot.arena);
  k.tasks.clear();
  for (const { task, fds, held, cwd, foreignCwd, dead } of snapshot.tasks) {
    task.fds.clear();
    for (const [fd, file] of fds) task.fds.set(fd, file);
    task.held.splice(0, task.held.length, ...held);
    Object.assign(task, { cwd, foreignCwd, dead });
    k.tasks.set(task.id, task);
  }
  for (const [i, m] of k.mutexes.entries()) m.owner = snapshot.owners[i] as number;
  snapshot.restoreSrcu();
  snapshot.restoreRcu();
}
