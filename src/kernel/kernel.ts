/** A booted kernel: boot(), the system calls, and what can be read off it without changing it. */
import type { ArenaSnapshot } from '../base/arena.ts';
import { assert, ensure } from '../base/assert.ts';
import { textHash } from '../base/atoms.ts';
import type { Result } from '../base/result.ts';
import { readState, type StateProblem, writeState } from '../base/state-file.ts';
import type { StateHash } from '../base/state-hash.ts';
import type { Counters, KernelApi, Oops, SlabCounts } from './api.ts';
import type { Breach } from './breach.ts';
import { findDesign } from './designs/registry.ts';
import { syscallTable } from './entry/syscall-table.ts';
import { I, SB_TRACEFS } from './flags.ts';
import { type Design, Kern } from './kern.ts';
import { KernelCpu } from './kernel-cpu.ts';
import type { Catalogue, Machine } from './machine.ts';
import { kmsg } from './oops.ts';
import { FOREIGN_FS } from './procfs/foreign.ts';
import { makeProcRoot } from './procfs/selffd.ts';
import { slabCounts } from './procfs/slabinfo.ts';
import { Scheduler } from './sched/scheduler.ts';
import type { Task } from './sched/task.ts';
import type { DentryId } from './sched/task-table.ts';
import type { Syscalls } from './syscalls.ts';
import { instanceDirInodeOperations } from './tracefs/syscall-mkdir.ts';
import { addBufferPages } from './tracing/enable.ts';
import { addCall } from './tracing/event-calls.ts';
import { FILE_KINDS } from './tracing/filekinds.ts';
import { instanceMkdir, instanceRmdir, newTraceArray, populate } from './tracing/instance.ts';
import { dAllocRoot, dget, dInstantiate } from './vfs/dentry.ts';
import { newRootInode, nextIno } from './vfs/inode.ts';
import { checkInvariants } from './vfs/invariants.ts';
import { findTracingVintage } from './vintage/tracing-vintage.ts';
import { findVintage } from './vintage/vfs-vintage.ts';

export interface BootOptions {
  /** Id in the registry of designs; default: the one the machine was recorded with. */
  readonly design?: string;
  readonly cpus?: number;
  /** Id in vintage/vfs-vintage.ts; default: the VFS the machine was recorded with. */
  readonly vfs?: string;
  /** A kernel that was booted with the same: snapshots of each are then good in the other. */
  readonly alike?: Kernel;
  /** Event tree to boot with; default: the machine's own. */
  readonly catalogue?: Catalogue;
}

/** create_trace_instances(): what tracefs calls at mkdir and rmdir in instances/. */
const INSTANCE_DIR_OPS = instanceDirInodeOperations({ mkdir: instanceMkdir, rmdir: instanceRmdir });

/** The machine cannot be booted as asked. */
export class BootError extends Error {
  override readonly name = 'BootError';
}

/** Boots a machine. Throws {@link BootError} when it names a design or vintage that does not exist. */
export function boot(machine: Machine, options: BootOptions = {}): Kernel {
  const designId = options.design ?? machine.design;
  const design = findDesign(designId);
  const vintage = findVintage(options.vfs ?? machine.vfs);
  const tracing = findTracingVintage(machine.vfs, options.vfs);
  if (design === undefined) throw new BootError(`there is no design "${designId}"`);
  if (vintage === undefined || tracing === undefined)
    throw new BootError(`there is no VFS vintage "${options.vfs ?? machine.vfs}"`);
  const catalogue = options.catalogue ?? machine.catalogue;
  const k = new Kern({
    machine,
    vintage,
    tracing,
    design,
    foreign: FOREIGN_FS,
    instanceDirOps: INSTANCE_DIR_OPS,
    fileKinds: FILE_KINDS,
    catalogue,
    cpus: options.cpus ?? machine.cpus,
    ...(options.alike !== undefined && { common: options.alike.k.arena.common }),
  });
  return new Kernel(k);
}

export class Kernel implements KernelApi {
  readonly machine: Machine;
  readonly design: Design;
  readonly sys: Syscalls;
  readonly scheduler: Scheduler;
  /** The tables, for queries (which must not change them) and for the stepper. */
  readonly k: Kern;

  constructor(k: Kern) {
    this.k = k;
    this.machine = k.machine;
    this.design = k.design;
    this.sys = syscallTable(k);
    this.scheduler = new Scheduler(new KernelCpu(k));
    bootTracefs(k, this.scheduler);
    adoptBootState(k);
  }

  spawn(name: string): Task {
    const task = this.k.tasks.spawn(name);
    task.cwd = dget(this.k, this.k.small.root) as DentryId;
    return task;
  }

  settle(): void {
    this.scheduler.settle();
  }

  counters(): Counters {
    return this.k.counters;
  }

  slabs(): SlabCounts {
    return slabCounts(this.k);
  }

  /** Bytes of all slab pages: modelled caches as they are, the others as recorded at boot. */
  slabBytes(): number {
    let total = this.k.caches.reduce((sum, cache) => sum + cache.bytes, 0);
    const modelled = new Set(this.k.caches.map((c) => c.name));
    for (const [name, [, num]] of Object.entries(this.machine.boot.slabs)) {
      const [, perSlab, pages] = this.machine.geometry[name] ?? [0, 1, 0];
      if (!modelled.has(name)) total += (num / perSlab) * pages * 4096;
    }
    return total;
  }

  /** What is wrong with the state; empty = every invariant holds. */
  checkInvariants(): readonly Breach[] {
    return [...checkInvariants(this.k), ...this.design.check(this.k)];
  }

  /** The kernel log since boot. */
  get kmsg(): readonly string[] {
    return kmsg(this.k);
  }

  /** The kernel bugs met since boot. */
  get oopses(): readonly Oops[] {
    return this.k.oopses.get();
  }

  /** The state now; nothing is copied until somebody writes. It is kept until it is released. */
  snapshot(): ArenaSnapshot {
    assert(this.scheduler.isResting, 'a state is kept while all tasks rest');
    return this.k.arena.snapshot();
  }

  /** Goes to a state of this kernel, or of one booted alike. */
  restore(snapshot: ArenaSnapshot): void {
    assert(this.scheduler.isResting, 'a state is taken up while all tasks rest');
    this.k.tasks.forgetStacks();
    this.k.arena.restore(snapshot);
  }

  /** The state now as bytes: for a file, or a kernel in another worker. */
  toBytes(): Uint8Array {
    assert(this.scheduler.isResting, 'a state is kept while all tasks rest');
    return writeState(this.k.arena, this.#configuration);
  }

  /** Takes up a state that a kernel booted with the same has written, or says why not. */
  fromBytes(bytes: Uint8Array): Result<undefined, StateProblem> {
    assert(this.scheduler.isResting, 'a state is taken up while all tasks rest');
    const read = readState(this.k.arena, this.#configuration, bytes);
    if (read.ok) this.k.tasks.forgetStacks();
    return read;
  }

  get #configuration(): unknown {
    const { machine, design, vintage, tracing, cpus, catalogue } = this.k;
    const events = catalogue.systems.flatMap(({ events }) => events.map(({ name }) => name));
    const tree = textHash(JSON.stringify([events, catalogue.instanceEntries, catalogue.rootEntries]));
    return { kernel: machine.id, design: design.id, vfs: vintage.id, tracing: tracing.id, cpus, tree };
  }

  /** Bytes that are saved for snapshots. */
  get savedBytes(): number {
    return this.k.arena.store.bytes;
  }

  /** Bytes that are saved for that snapshot alone. */
  bytesOnlyIn(snapshot: ArenaSnapshot): number {
    return this.k.arena.bytesOnlyIn(snapshot);
  }

  /** Nobody wants those snapshots any more. */
  release(snapshots: readonly ArenaSnapshot[]): void {
    for (const snapshot of snapshots) this.k.arena.release(snapshot);
  }

  /**
   * The hash of the whole state: of what is there, in which order free places are taken, and how often each was used; in the
   * middle of calls, of what their programs have observed too.
   */
  hash(): StateHash {
    const sum = this.k.arena.hash();
    this.scheduler.addHash(sum);
    return sum;
  }

  /** From now on (or no longer) rows that are written are noted: that makes {@link hash} cost no more than a step or two. */
  track(isTracking: boolean): void {
    this.k.arena.track(isTracking);
  }
}

const TRACEFS_DEFAULT_MODE = 0o700;

/** tracer_init_tracefs() and event_trace_init(): the tree of the top instance. */
function bootTracefs(k: Kern, scheduler: Scheduler): void {
  const swapper = k.tasks.spawn('swapper/0');
  k.current = swapper;
  for (const system of k.catalogue.systems) {
    const name = k.atoms.intern(system.name);
    k.constNames.add(name);
    for (const event of system.events) {
      const eventName = k.atoms.intern(event.name);
      k.constNames.add(eventName);
      k.small.nextEventId = Math.max(k.small.nextEventId, event.id + 1);
      addCall(k, { id: event.id, name: eventName, system: name, symbol: 0, files: event.files, allocs: [] });
    }
  }
  k.constNames.add(k.atoms.intern('events'));
  k.instanceEvents = instanceEvents(k.catalogue);
  k.small.procFdDir = makeProcRoot(k);
  const { rootMode = TRACEFS_DEFAULT_MODE, dentryOperations } = k.design.fillSuper();
  k.superblock.edit(SB_TRACEFS).dOp[SB_TRACEFS] = dentryOperations ? 1 : 0;
  const root = dAllocRoot(k, SB_TRACEFS);
  const inode = newRootInode(k, {
    flags: I.DIR,
    mode: rootMode,
    uid: 0,
    gid: 0,
    ino: nextIno(k),
    fop: 0,
    data: 0,
    owner: 1,
    nlink: 2,
  });
  dInstantiate(k, root, inode);
  k.small.root = root;
  const top = newTraceArray(k, 0);
  addBufferPages(k, top, k.tracing.buffers * k.tracing.minPages * k.cpus);
  k.tr.cols.edit(top).dir[top] = root;
  scheduler.complete(swapper, populate(k, top, root, k.catalogue.rootEntries));
  k.tasks.delete(swapper.id);
}

/** The order of ftrace_events from its head: systems as recorded for instances, their events newest first. */
function instanceEvents(catalogue: Catalogue): number[] {
  const firstIndex: number[] = [];
  let next = 1;
  for (const system of catalogue.systems) {
    firstIndex.push(next);
    next += system.events.length;
  }
  return catalogue.instanceSystems.flatMap((s) => {
    const first = firstIndex[s];
    const length = catalogue.systems[s]?.events.length ?? 0;
    return Array.from({ length }, (_, i) => first + length - 1 - i);
  });
}

/**
 * The recorded machine had more than tracefs: what the model did not boot is foreign. With another design or event tree
 * than the recorded one the foreign part is what it was on the recorded machine, not less.
 */
function adoptBootState(k: Kern): void {
  const { boot: recorded } = k.machine;
  const own = k.design.id === k.machine.design && k.catalogue === k.machine.catalogue && k.cpus === k.machine.cpus;
  const modelled = own ? bootCounts(k) : recordedBootCounts(k.machine);
  k.small.nrDentry += recorded.nrDentry - modelled.nrDentry;
  k.small.nrUnused += recorded.nrUnused - modelled.nrUnused;
  k.small.nrNegative += recorded.nrNegative - modelled.nrNegative;
  k.small.nrInodes += recorded.nrInodes - modelled.nrInodes;
  for (const cache of k.caches) {
    const [active, num] = recorded.slabs[cache.name] ?? [0, 0];
    const foreign = active - (modelled.active.get(cache.name) ?? 0);
    cache.adoptBootState(cache.active + foreign, own ? num : 0);
  }
}

interface BootCounts extends Counters {
  readonly active: ReadonlyMap<string, number>;
}

/** What boot itself made, before the foreign part is added. */
const bootCountsOf = new WeakMap<Machine, BootCounts>();

function bootCounts(k: Kern): BootCounts {
  const counts = { ...k.counters, active: new Map(k.caches.map((c) => [c.name, c.active])) };
  const { nrDentry } = k.machine.boot;
  assert(counts.nrDentry <= nrDentry, `${k.machine.id}: the model boots more dentries than the machine had`);
  bootCountsOf.set(k.machine, counts);
  return counts;
}

/** The same of the machine as it was recorded; booted once. */
function recordedBootCounts(machine: Machine): BootCounts {
  if (!bootCountsOf.has(machine)) boot(machine);
  return ensure(bootCountsOf.get(machine), 'a boot leaves its counts');
}
