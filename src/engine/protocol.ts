/**
 * What the page and the worker say to each other. Plain data only: it crosses postMessage (comlink). Every answer names
 * the epoch (how often the log was changed) it was computed from, so that a late answer is dropped and not drawn.
 * Rows carry state codes, never colours or pixels.
 */
import type { NodeRef } from '../base/node-ref.ts';
import type { ObjectRef } from '../base/object-ref.ts';
import type { Counters, Oops, OopsKind } from '../kernel/api.ts';
import type { Fate } from '../kernel/vfs/refs.ts';
import type { SavedHistory, SavedMoment } from '../session/history.ts';

export type { Fate, NodeRef, ObjectRef, Oops, OopsKind };

/** Which kernels run the log in lockstep, left to right: A, B, C, D. */
export interface ChannelConfig {
  /** Folder in public/kernels. */
  readonly kernel: string;
  /** Registry id of a design; undefined = the one this machine was recorded with. */
  readonly design?: string;
  /** Boot with the event tree of another recorded machine ("Same event tree on both"). */
  readonly tree?: string;
  /** VFS vintage; undefined = the machine's own. */
  readonly vfs?: string;
}

export type Userland = 'coreutils' | 'bare';

export interface EngineConfig {
  readonly channels: readonly ChannelConfig[];
  readonly cpus: number;
  readonly userland: Userland;
}

export interface ChannelInfo {
  readonly letter: 'A' | 'B' | 'C' | 'D';
  readonly kernel: string;
  /** "Linux 6.1"; a machine with another design is called by the design. Differs from the titles of the others. */
  readonly title: string;
  readonly release: string;
  readonly design: string;
  /** "native", "eventfs v6.12" */
  readonly designTitle: string;
  /** Id of the VFS vintage it runs on: "6.6.144". */
  readonly vfs: string;
  /** Number of event directories and of entries below `events` in the tree it was booted with. */
  readonly events: number;
  readonly entries: number;
  readonly provenance: string;
}

/** State of a node of the tree on one kernel: visual-design.md, "State of a dentry". Order = precedence. */
export const NODE_STATES = [
  'broken',
  'removed',
  'pinned',
  'held',
  'negative',
  'cached',
  'none',
  'absent',
  'in-lookup',
] as const;
export type NodeState = (typeof NODE_STATES)[number];

/** What a row of the tree is on one kernel. The row may outlive its dentry, and the dentry the entry that is listed. */
export interface RowRef {
  readonly node: NodeRef;
  /** Undefined = none allocated. */
  readonly dentry: ObjectRef | undefined;
}

/** One node on one kernel. */
export interface Cell {
  /** Undefined = there is no such node on this kernel. */
  readonly ref: RowRef | undefined;
  readonly state: NodeState;
  /** d_count; undefined where there is no dentry. */
  readonly count: number | undefined;
  /** 0 not on the LRU, 1 on it, 2 on it with REFERENCED. */
  readonly lru: 0 | 1 | 2;
  /** Descriptors of the shell that are open on it. */
  readonly fds: readonly number[];
  /** Whether the shell's working directory is here. */
  readonly cwd: boolean;
}

export interface TreeRow {
  /** Relative to /sys/kernel/tracing; '' is the root itself. */
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly kind: 'dir' | 'file';
  readonly expanded: boolean;
  /** Number of rows of this level and position in it, for aria-setsize and aria-posinset. */
  readonly setSize: number;
  readonly posInSet: number;
  /** What the last command did to it on any kernel: the mark at the left edge. */
  readonly mark: 'new' | 'gone' | 'changed' | undefined;
  readonly cells: readonly Cell[];
}

export interface TreeRequest {
  readonly firstRow: number;
  readonly rowCount: number;
  readonly expanded: readonly string[];
  /** Case-insensitive part of a name; '' shows all. A match is shown with its ancestors. */
  readonly nameFilter: string;
  /** Rows where some kernel is in one of these states; empty = all. */
  readonly stateFilter: readonly NodeState[];
}

export interface TreeWindow {
  readonly firstRow: number;
  readonly totalRows: number;
  /** How many entries the filters hide. */
  readonly hidden: number;
  /** How many entries are what the filters ask for; undefined = nothing is filtered for. */
  readonly hits: number | undefined;
  readonly rows: readonly TreeRow[];
}

/** Everything the readings table shows for one kernel. Changes are those of the last command. */
export interface Reading extends Counters {
  readonly slabBytes: number;
  readonly change: Counters & { readonly slabBytes: number };
  /** Set when this kernel stopped: why. The others go on. */
  readonly broken: string | undefined;
}

/** An invariant of section 7 of docs/eventfs-designs.md that does not hold. */
export interface BrokenRule {
  /** "I1" */
  readonly id: string;
  readonly objects: readonly ObjectRef[];
  /** "d_count of events/kprobes/kp2 is −1", as its objects were called then. */
  readonly text: string;
}

/** The result of one command on one kernel. */
export interface ChannelResult {
  readonly status: number;
  /** Name of the last failed system call's error, or ''. */
  readonly errno: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly change: Counters & { readonly slabBytes: number };
  /** Kernel bugs that happened while it ran. */
  readonly oopses: readonly Oops[];
  /** Invariants that no longer hold since it ran. Looked for in small trees only. */
  readonly breaches: readonly BrokenRule[];
  /** Turns of the schedule that this kernel never came to: "A@d_instantiate". */
  readonly notReached: readonly string[];
}

export interface LogEntry {
  /** The moment after the command. */
  readonly id: number;
  /** Position in the log; 0 is boot. */
  readonly index: number;
  /** The shell text, exactly as it was run. 'boot' for entry 0. */
  readonly command: string;
  /** What it is called where there is room for a line: the command, or "tasks A and B". */
  readonly label: string;
  readonly results: readonly ChannelResult[];
  /** One line in words, on all kernels: visual-design.md, "Sentence". */
  readonly sentence: string;
}

export const MEMORY_STRUCTS = ['dentry', 'inode', 'eventfs_inode', 'trace_event_file', 'other', 'not filled'] as const;
export type MemoryStruct = (typeof MEMORY_STRUCTS)[number];

/** Bytes of one instance on one kernel, by structure: objects it owns × object size of their cache. */
export interface InstanceMemory {
  /** '' is the top instance. */
  readonly instance: string;
  readonly channel: number;
  /** In the order of MEMORY_STRUCTS, without 'not filled'. */
  readonly objects: readonly number[];
  readonly bytes: readonly number[];
  /** Ring buffer pages, which are not slab memory. */
  readonly ringBufferBytes: number;
}

export interface MemoryFrame {
  readonly instances: readonly InstanceMemory[];
  /** Per kernel: bytes of slab pages that no object fills. */
  readonly notFilled: readonly number[];
}

export interface OpenFile {
  readonly fd: number;
  /** Path at open, relative to the tracing directory where it lies below it. */
  readonly path: string;
  /** Per kernel: open, or the errno with which opening failed ('' = this kernel never tried). */
  readonly channels: readonly { readonly open: boolean; readonly errno: string }[];
}

/** One value a log position and kernel; index 0 is boot. */
export interface Series {
  readonly dentries: Float64Array;
  readonly inodes: Float64Array;
  readonly unused: Float64Array;
}

/** One moment of the history: a command, where it was run. */
export interface MomentInfo extends SavedMoment {
  /** What the command is called where there is room for a line. */
  readonly label: string;
}

/** All lines of the history, for drawing them, and for building it again. */
export interface HistoryFrame extends SavedHistory {
  readonly moments: readonly MomentInfo[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export interface Frame {
  /** Rises with every change of the state that is shown, and from one boot to the next. */
  readonly epoch: number;
  /** Log position shown: results of commands 1..position are in the state. It is that of the cursor of the history. */
  readonly position: number;
  readonly history: HistoryFrame;
  readonly channels: readonly ChannelInfo[];
  readonly readings: readonly Reading[];
  /** The line that is shown, boot first; it may go on beyond the position. */
  readonly log: readonly LogEntry[];
  readonly series: readonly Series[];
  readonly memory: MemoryFrame;
  readonly openFiles: readonly OpenFile[];
  /** Lowest descriptor ≥ 3 that is free on every kernel. */
  readonly nextFd: number;
  /** Relative to / ; what the prompt shows. Undefined where kernels differ is not possible: it is the shell's own idea. */
  readonly cwd: string;
  /** Names in instances/, on any kernel. */
  readonly instances: readonly string[];
  /** "group/event" of dynamic events, on any kernel. */
  readonly dynamicEvents: readonly string[];
}

/** How far something is: entries, loop turns or commands. Total 0 = not known. */
export interface Amount {
  readonly done: number;
  readonly total: number;
}

/** How far a running command is, or the commands that lead to where somebody wants to go. */
export interface Progress extends Amount {
  readonly command: string;
  readonly channel: number;
  readonly elapsedMs: number;
}

/** Bad input: reported, nothing changed. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

export type RunOutcome =
  | { readonly kind: 'done'; readonly frame: Frame }
  | { readonly kind: 'refused'; readonly problem: Problem; readonly frame: Frame }
  | { readonly kind: 'cancelled'; readonly frame: Frame };

/** The measures whose figures are doors. */
export type Measure = 'dentries' | 'inodes' | 'unused' | 'negative' | 'slab';

/** One line behind a figure: objects made or freed by a command, grouped by path and modelled function. */
export interface ObjectGroup {
  readonly sign: 1 | -1;
  readonly kind: string;
  /** Path, or the common directory of a group. */
  readonly path: string;
  /** Modelled kernel function that made or freed it, e.g. "tracefs_create_file". */
  readonly fn: string;
  /** Source file of that function and a link to it at this kernel's version. */
  readonly source: string;
  readonly url: string;
  readonly count: number;
  readonly bytes: number;
}

/** One change inside a step. */
export interface TraceEvent {
  /** alloc, free, get, put, lru_add, lru_del, hash, unhash, instantiate, kill, lock, unlock, wait. */
  readonly op: string;
  /** What it happened to: dentry, inode, i_rwsem, mutex, srcu, or a structure that came from kmalloc(). */
  readonly kind: string;
  /** The object; of an i_rwsem its inode. Undefined for what is no object: a read section, an inode outside tracefs. */
  readonly ref: ObjectRef | undefined;
  /** Path of the dentry, or of the dentry of the inode; name of the lock; '' for memory. As it was called then. */
  readonly name: string;
  /** d_count before and after a get or a put. */
  readonly count?: readonly [before: number, after: number];
  /** How an i_rwsem is taken. */
  readonly isShared?: boolean;
  /** It happened to a negative dentry. */
  readonly isNegative?: boolean;
}

/** A lock that a task holds or waits for, or a child that it waits for. */
export interface LockInfo {
  /** The mutex, the inode of an i_rwsem, the file of an f_pos_lock, the dentry of a lookup, the task. Undefined = a read section. */
  readonly ref: ObjectRef | undefined;
  readonly isShared: boolean;
  /** "i_rwsem of events/sched (shared)", as it was called then. */
  readonly text: string;
}

/** One step of one task. */
export interface TraceStep {
  readonly index: number;
  readonly task: string;
  /** The modelled kernel function it entered. */
  readonly fn: string;
  /** Modelled call stack before the step, innermost first. */
  readonly stack: readonly string[];
  readonly events: readonly TraceEvent[];
  /** After the step. */
  readonly counters: Counters;
  /** Locks that the task holds after the step. */
  readonly held: readonly LockInfo[];
  /** What it waits for after the step. */
  readonly waitsFor?: LockInfo;
  readonly oops?: Oops;
  /** Invariants that no longer hold since this step, perhaps only until the next. Looked for in the tree for races only. */
  readonly breaches?: readonly BrokenRule[];
}

/** Where a function is: its file, and a link to it at the version of the kernel's VFS. */
export interface SourceLink {
  readonly source: string;
  readonly url: string;
}

export interface Trace {
  /** Tasks in the order of their first step: the lanes. */
  readonly tasks: readonly string[];
  readonly steps: readonly TraceStep[];
  /** Functions of the steps and their call stacks, where it is known in which file they are. */
  readonly sources: Readonly<Record<string, SourceLink>>;
  readonly notReached: readonly string[];
  /** The run was longer than a trace can be. */
  readonly truncated: boolean;
}

/** A chosen row of the tree, for finding it again when the state has changed. */
export interface NodeRequest {
  /** Where it was last. */
  readonly path: string;
  /** What it is on each kernel, as far as that is known. */
  readonly refs: readonly (RowRef | undefined)[];
  /** On the other kernels: there never was such a node, or it is what is now where these have it. */
  readonly rest: 'none' | 'at path';
  /** Id of the moment in which it was seen: in a branch that leaves before it was made, another object may have its place. */
  readonly seenAt: number;
}

/** A chosen row of the tree, as it is now. */
export interface NodeDetail {
  /** Where it is on the first kernel that has it; where it was last if none has. */
  readonly path: string;
  readonly kind: 'dir' | 'file' | undefined;
  readonly channels: readonly {
    /** Undefined = it never was on this kernel. */
    readonly fate: Fate | undefined;
    /** Where it is on this kernel; undefined = nowhere. */
    readonly path: string | undefined;
    readonly cell: Cell;
    /** Field name in the kernel's spelling → text. */
    readonly fields: readonly (readonly [string, string])[];
  }[];
}
