/** One kernel of the lockstep with its own shell: booting, running one command, reading its counters. */

import type { ArenaSnapshot } from '../base/arena.ts';
import { ensure } from '../base/assert.ts';
import type { Counters, SlabCounts } from '../kernel/api.ts';
import { boot, type Kernel } from '../kernel/kernel.ts';
import type { Catalogue, Machine } from '../kernel/machine.ts';
import type { Task } from '../kernel/sched/task.ts';
import type { TaskId } from '../kernel/sched/task-table.ts';
import { calls, isKprobe } from '../kernel/tracing/event-calls.ts';
import { instances } from '../kernel/tracing/instances.ts';
import { pathOf } from '../kernel/vfs/d-path.ts';
import { MOUNT } from '../kernel/vfs/namei/path-init.ts';
import { Shell, type ShellSnapshot } from '../shell/shell.ts';
import type { ActResult } from './act-result.ts';
import { breachesAtRest, brokenRule, fresh } from './breaches.ts';
import type { BrokenRule, ChannelConfig, ChannelInfo, ChannelResult, Userland } from './protocol.ts';
import type { TreeSource } from './tree.ts';

const LETTERS = ['A', 'B', 'C', 'D'] as const;

/** The state of a channel at rest, for going back to it: that of its kernel, which holds that of the shell. */
export type ChannelSnapshot = ArenaSnapshot;

/** What a shell has, and the task that it is. */
interface ShellState {
  readonly shell: ShellSnapshot;
  readonly task: TaskId;
}

/** Everything a person can read off a kernel's counters at one position of the log. */
export interface Totals extends Counters {
  readonly slabBytes: number;
  readonly slabs: SlabCounts;
  /** Kernel bugs met since boot. */
  readonly oopses: number;
  /** Invariants that do not hold while all tasks rest. */
  readonly breaches: readonly BrokenRule[];
}

export interface ChannelOptions {
  readonly index: number;
  /** What it is called among the kernels of the lockstep; undefined = as the machine is. */
  readonly title?: string;
  readonly config: ChannelConfig;
  readonly machine: Machine;
  /** Event tree of another machine, if asked for. */
  readonly catalogue: Catalogue | undefined;
  readonly cpus: number | undefined;
  readonly userland: Userland;
  /** A channel that was booted with the same: snapshots of each are then good in the other. */
  readonly alike?: Channel;
}

export class Channel {
  /** Place in the lockstep. */
  readonly index: number;
  readonly info: ChannelInfo;
  readonly kernel: Kernel;
  readonly shell: Shell;
  /** Why this kernel stopped; the others go on. */
  broken: string | undefined;

  constructor({ index, title, config, machine, catalogue, cpus, userland, alike }: ChannelOptions) {
    this.index = index;
    this.kernel = boot(machine, {
      ...(config.design !== undefined && { design: config.design }),
      ...(config.vfs !== undefined && { vfs: config.vfs }),
      ...(cpus !== undefined && { cpus }),
      ...(catalogue !== undefined && { catalogue: catalogue }),
      ...(alike !== undefined && { alike: alike.kernel }),
    });
    this.shell = new Shell(this.kernel, { userland });
    this.#keepShell();
    this.info = infoOf(index, title ?? machine.title, this.kernel, catalogue ?? machine.catalogue);
  }

  /** While a command runs, the shell is what its program has come to. */
  #keepShell(): void {
    const { kernel, shell } = this;
    const { arena, tasks } = kernel.k;
    arena.keep<ShellState | undefined>('shell', {
      get: () => (kernel.scheduler.isResting ? { shell: shell.snapshot(), task: shell.task.id } : undefined),
      set: (state) => {
        const { shell: snapshot, task } = ensure(state, 'a state is kept while all tasks rest');
        shell.restore(snapshot, ensure(tasks.get(task), 'the task of the shell is in the state'));
      },
    });
  }

  /** Absolute working directory of the shell. */
  get cwd(): string {
    const { task, kernel } = this;
    return task.cwd === 0 ? task.foreignCwd : `${MOUNT}/${pathOf(kernel.k, task.cwd).path}`.replace(/\/$/, '');
  }

  /** Open files that make an instance busy, in words: "fd 3 has instances/d/trace open". */
  get busyFiles(): readonly string[] {
    const { k } = this.kernel;
    return [...this.task.fds]
      .filter(([, file]) => k.file.tr[file] > 1)
      .map(([fd, file]) => `fd ${fd} has ${pathOf(k, k.file.dentry[file]).path} open`);
  }

  /** Names in instances/, in the order of ftrace_trace_arrays. */
  get instances(): readonly string[] {
    const { k } = this.kernel;
    return instances(k)
      .slice(1)
      .map((tr) => k.text(k.tr.cols.name[tr]));
  }

  /** "group/event" of every kprobe event. */
  get dynamicEvents(): readonly string[] {
    const { k } = this.kernel;
    const kprobes = calls(k).filter((call) => isKprobe(k, call));
    return kprobes.map((call) => `${k.text(k.call.system[call])}/${k.text(k.call.name[call])}`);
  }

  /** `look`: whether to look for broken invariants, which takes a walk over everything. */
  totals(look = false): Totals {
    return {
      ...this.kernel.counters(),
      slabBytes: this.kernel.slabBytes(),
      slabs: this.kernel.slabs(),
      oopses: this.kernel.oopses.length,
      breaches: look ? breachesAtRest(this.kernel).map((one) => brokenRule(this.index, one)) : [],
    };
  }

  get task(): Task {
    return this.shell.task;
  }

  get treeSource(): TreeSource {
    const fds = new Map<number, number[]>();
    for (const [fd, file] of this.task.fds) {
      const d = this.kernel.k.file.dentry[file];
      if (d !== 0)
        fds.set(
          d,
          [...(fds.get(d) ?? []), fd].sort((a, b) => a - b),
        );
    }
    return { kernel: this.index, k: this.kernel.k, fds, cwd: this.task.cwd };
  }

  snapshot(): ChannelSnapshot {
    return this.kernel.snapshot();
  }

  /** Bytes that are saved for that snapshot alone. */
  bytesOnlyIn(snapshot: ChannelSnapshot): number {
    return this.kernel.bytesOnlyIn(snapshot);
  }

  /** Nobody wants those snapshots any more. */
  release(snapshots: readonly ChannelSnapshot[]): void {
    this.kernel.release(snapshots);
  }

  /** Takes up a snapshot of this kernel, or of one that was booted alike. */
  restore(snapshot: ChannelSnapshot): void {
    this.broken = undefined;
    this.kernel.restore(snapshot);
  }
}

/** The result of a command as the page gets it. */
export function channelResult(result: ActResult, channel: Channel, before: Totals, after: Totals): ChannelResult {
  return {
    status: result.status,
    errno: result.errno,
    stdout: result.stdout,
    stderr: result.stderr,
    change: changeOf(before, after),
    oopses: channel.kernel.oopses.slice(before.oopses),
    breaches: fresh(after.breaches, before.breaches),
    notReached: result.notReached,
  };
}

export function changeOf(before: Totals, after: Totals): ChannelResult['change'] {
  return {
    nrDentry: after.nrDentry - before.nrDentry,
    nrUnused: after.nrUnused - before.nrUnused,
    nrNegative: after.nrNegative - before.nrNegative,
    nrInodes: after.nrInodes - before.nrInodes,
    slabBytes: after.slabBytes - before.slabBytes,
  };
}

function infoOf(index: number, title: string, kernel: Kernel, catalogue: Catalogue): ChannelInfo {
  const { machine } = kernel;
  const events = catalogue.systems.reduce((sum, s) => sum + s.events.length, 0);
  return {
    letter: ensure(LETTERS[index], 'at most four kernels run in lockstep'),
    kernel: machine.id,
    title,
    release: machine.release,
    design: kernel.design.id,
    designTitle: kernel.design.title,
    vfs: kernel.k.vintage.id,
    events,
    entries: entriesBelowEvents(catalogue),
    provenance: machine.provenance,
  };
}

function entriesBelowEvents(catalogue: Catalogue): number {
  const bits = (mask: number) => mask.toString(2).replaceAll('0', '').length;
  return catalogue.systems.reduce(
    (sum, s) => sum + 1 + bits(s.ownFiles) + s.events.reduce((n, e) => n + 1 + bits(e.files), 0),
    catalogue.eventsFiles.length,
  );
}
