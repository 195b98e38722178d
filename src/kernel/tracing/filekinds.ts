/**
 * The regular files of tracefs: what opening, reading, writing and closing each kind does to counts. Rules 39 to 41 and
 * row X8 of docs/kernel-facts.md; kernel/trace/trace.c and trace_events.c, read at v6.1 and v6.12.
 */
import { enter, leave } from '../call-stack.ts';
import { fail } from '../errno.ts';
import type { FileKind, Fn, Kern } from '../kern.ts';
import type { StructName } from '../memory/structs.ts';
import { KernelBug, notice } from '../oops.ts';
import { O } from '../syscalls.ts';
import { freeAllocs, rememberAllocs } from '../vfs/file-allocs.ts';
import { contentsOf } from './contents.ts';
import { disableEvent, enableEvent, updateBuffers } from './enable.ts';
import { callOf, isDynamic } from './event-calls.ts';
import { eventFiles, getEventFile, putEventFile, putSystemDir } from './events.ts';
import { getTraceArray, putTraceArray } from './instance.ts';
import { releaseAllKprobes, writeKprobeEvents } from './kprobes.ts';
import { releaseAllSynthetic, writeSyntheticEvents } from './synthetic.ts';

/** What i_private of the file is: a trace_array, a trace_subsystem_dir, a trace_event_file. */
type Level = 'native' | 'percpu' | 'option' | 'events' | 'system' | 'event';

interface KindSpec {
  /** Takes a reference on the trace_array, so that rmdir is EBUSY while it is open. */
  readonly busy?: boolean | ((k: Kern) => boolean);
  /** Opened through seq_file: one seq_file object, and its buffer at the first read. */
  readonly seq?: boolean;
  /** Further allocations of open, given back at close. */
  readonly allocs?: (k: Kern) => readonly number[];
  /** After the event is gone: refuses to open, and to read where the release says so. */
  readonly needsEvent?: 'open' | 'read';
  /** Takes a reference on the trace_event_file. */
  readonly holdsEvent?: boolean;
  readonly seekable?: boolean;
  /** f_op->open, where a landmark or a report names it. */
  readonly opens?: string;
  /** f_op->read. */
  readonly reads?: string;
  /** Its i_private is no pointer that open or read follow: `id`. */
  readonly noPointer?: boolean;
  /** Its i_private is the event call, and nothing says when that is gone. */
  readonly isCall?: boolean;
  /** Opens whether tracefs is locked down or not: it does not call tracing_check_open_get_tr(). */
  readonly opensAlways?: boolean;
  readonly onOpen?: (k: Kern, file: number) => Fn;
  readonly write?: (k: Kern, tr: number, data: number, text: string) => Fn;
}

const trOf = (k: Kern, level: Level, data: number): number => {
  if (level === 'event') return k.tef.tr[data];
  if (level === 'system') return k.sysdir.cols.tr[data];
  return data;
};

/** SEQ_BUF: seq_file's buffer comes from the accounted kmalloc where the kernel has memory cgroups. */
function seqBuffer(k: Kern): number {
  const name = 'kmalloc-cg-4k' in k.machine.geometry ? 'kmalloc-cg-4k' : 'kmalloc-4k';
  return k.kmemCacheAlloc(name, 0, 'iterator');
}

/**
 * inode->i_private of a file of an event, about to be followed: the trace_event_file. Memory that was freed still says what
 * it said; nobody but a debugging kernel notices (B21).
 */
function followPrivate(k: Kern, spec: KindSpec, data: number, fn: string): void {
  if (spec.noPointer === true || k.tefCache.isLive(data)) return;
  noticeFreed(k, fn, `the trace_event_file of ${k.text(k.call.name[callOf(k, data)])}, freed`);
}

/** The same of FORMAT_OF_CALL: the event call, which goes with the event, whoever has the file open (B22). */
function followCall(k: Kern, data: number): void {
  const isGone = k.tef.freed[data] === 1 || !k.tefCache.isLive(data);
  const call = callOf(k, data);
  if (isGone && isDynamic(k, call))
    noticeFreed(
      k,
      'f_start',
      `the trace_event_call of ${k.text(k.call.name[call])}, freed with its last trace_event_file`,
    );
}

function noticeFreed(k: Kern, fn: string, what: string): void {
  const depth = enter(k, fn);
  notice(k, 'use after free', `BUG: KASAN: slab-use-after-free in ${fn}`, [`inode->i_private: ${what}`]);
  leave(k, depth);
}

/** tracing_release_file_tr() before bb32500fb9b7 asks i_private for its trace_array; native tracefs has cleared it by then. */
function releaseUncounted(k: Kern, spec: KindSpec, data: number): void {
  if (data !== 0) {
    followPrivate(k, spec, data, 'tracing_release_file_tr');
    return;
  }
  enter(k, 'tracing_release_file_tr');
  throw new KernelBug(k, 'null dereference', 'BUG: kernel NULL pointer dereference, address: 0000000000000028', [
    'inode->i_private: the trace_event_file, cleared by the removal',
  ]);
}

function makeKind(level: Level, name: string, spec: KindSpec): FileKind {
  const isEvent = level === 'event';
  const isGone = (k: Kern, data: number) =>
    isEvent && (data === 0 || (k.tef.freed[data] === 1 && k.tracing.eventFileRefs));
  const isCall = spec.isCall === true;
  const opens = spec.opens ?? 'tracing_open_generic_tr';
  return {
    name: `${level}/${name}`,
    seekable: spec.seekable ?? true,
    *open(k, file, inode) {
      const data = k.inode.data[inode];
      const tr = trOf(k, level, data);
      const busy = typeof spec.busy === 'function' ? spec.busy(k) : (spec.busy ?? false);
      if (k.stepping) yield opens;
      if (k.small.lockedDown === 1 && spec.opensAlways !== true) return fail('EPERM');
      if (isEvent && !isCall) followPrivate(k, spec, data, opens);
      if (busy && !getTraceArray(k, tr)) return fail('ENODEV');
      if (
        spec.needsEvent !== undefined &&
        isGone(k, data) &&
        !isCall &&
        !(spec.needsEvent === 'read' && k.tracing.readsAfterRemoval)
      ) {
        if (busy) putTraceArray(k, tr);
        return fail('ENODEV');
      }
      const error = spec.onOpen === undefined ? 0 : yield* spec.onOpen(k, file);
      if (error < 0) {
        if (busy) putTraceArray(k, tr);
        return error;
      }
      if (busy) k.file.edit(file).tr[file] = tr;
      if (spec.holdsEvent === true && k.tracing.eventFileRefs) {
        getEventFile(k, data);
        k.file.edit(file).tef[file] = data;
      }
      if (level === 'system') {
        k.sysdir.cols.edit(data).ref[data]++;
        k.file.edit(file).sysdir[file] = data;
      }
      const reads = (k.file.flags[file] & O.ACCMODE) !== O.WRONLY;
      if (spec.seq === true && reads) rememberAllocs(k, file, [k.kmemCacheAlloc('seq_file', 0, 'iterator')]);
      if (spec.allocs !== undefined && reads) rememberAllocs(k, file, spec.allocs(k));
      return 0;
    },
    *release(k, file, inode) {
      const { tr, tef, sysdir } = k.file;
      if (spec.holdsEvent === true && !k.tracing.eventFileRefs) releaseUncounted(k, spec, k.inode.data[inode]);
      if (tef[file] !== 0) putEventFile(k, tef[file]);
      if (sysdir[file] !== 0) putSystemDir(k, sysdir[file]);
      if (tr[file] !== 0) putTraceArray(k, tr[file]);
      freeAllocs(k, file);
      return 0;
    },
    *contents(k, file, inode) {
      const data = k.inode.data[inode];
      if (spec.seq === true && k.file.wasRead[file] === 0) rememberAllocs(k, file, [seqBuffer(k)]);
      if (k.stepping && spec.reads !== undefined) yield spec.reads;
      if (isCall) followCall(k, data);
      else if (isEvent) followPrivate(k, spec, data, spec.reads ?? 'vfs_read');
      if (spec.needsEvent !== undefined && isGone(k, data) && !isCall && !k.tracing.readsAfterRemoval)
        return fail('ENODEV');
      return contentsOf(k, level, nameOf(k, file), trOf(k, level, data), data);
    },
    *write(k, _file, inode, text) {
      const data = k.inode.data[inode];
      if (isEvent) followPrivate(k, spec, data, 'vfs_write');
      if (isGone(k, data)) return fail('ENODEV');
      if (spec.write === undefined) return fail('EINVAL');
      const result = yield* spec.write(k, trOf(k, level, data), data, text);
      return result < 0 ? result : text.length;
    },
  };
}

const nameOf = (k: Kern, file: number): string => k.text(k.dentry.name[k.file.dentry[file]]);

const kmallocs = (k: Kern, sizes: readonly number[], what: StructName): number[] =>
  sizes.map((size) => k.kmalloc(size, 0, what));

/** struct trace_iterator and its per-CPU parts (row X8). */
const iterator =
  (buffers: number) =>
  (k: Kern): readonly number[] => {
    const sizes = [...Array<number>(buffers).fill(4096), 128, ...Array<number>(buffers).fill(96), 16];
    return kmallocs(k, k.tracing.iteratorExtra > 0 ? [...sizes, k.tracing.iteratorExtra] : sizes, 'iterator');
  };

function histAllocs(k: Kern): readonly number[] {
  const accounted = 'kmalloc-cg-32' in k.machine.geometry ? [k.kmemCacheAlloc('kmalloc-cg-32', 0, 'iterator')] : [];
  return k.tracing.histOpen === 0 ? accounted : [k.kmalloc(k.tracing.histOpen, 0, 'iterator'), ...accounted];
}

/** kstrtoul() of what was written, 0 or 1; EINVAL otherwise. */
function parseBit(text: string): number {
  const value = text.trim();
  return value === '0' || value === '1' ? Number(value) : fail('EINVAL');
}

/** event_enable_write(), system_enable_write(): every event the file stands for. */
const writeEnable = (pick: (k: Kern, tr: number, data: number) => Iterable<number>) =>
  function* (k: Kern, tr: number, data: number, text: string): Fn {
    const bit = parseBit(text);
    if (bit < 0) return bit;
    updateBuffers(k, tr);
    for (const f of pick(k, tr, data)) if (canEnable(k, f)) yield* bit === 1 ? enableEvent(k, f) : disableEvent(k, f);
    return 0;
  };

const canEnable = (k: Kern, f: number): boolean => (k.call.files[callOf(k, f)] & 1) !== 0;

function* inSystem(k: Kern, tr: number, dir: number): Generator<number, void, void> {
  for (const f of eventFiles(k, tr)) if (k.tef.dir[f] === dir) yield f;
}

/** Files that keep what is written to them, as a column of their trace_array. */
const keeps = (column: 'tracer' | 'clock' | 'option', accepts: RegExp) =>
  function* (k: Kern, tr: number, _data: number, text: string): Fn {
    const value = text.trim();
    if (!accepts.test(value)) return fail('EINVAL');
    k.tr.cols.edit(tr)[column][tr] = k.atoms.intern(value);
    return 0;
  };

function* writeTracingOn(k: Kern, tr: number, _data: number, text: string): Fn {
  const bit = parseBit(text);
  if (bit >= 0) k.tr.cols.edit(tr).tracingOn[tr] = bit;
  return bit < 0 ? bit : 0;
}

/** What was written to `filter` or `trigger`, as an atom: 0 removes it. */
function textToKeep(k: Kern, text: string): number {
  const value = text.trim();
  return value === '0' ? 0 : k.atoms.intern(value);
}

const writeEventText = (column: 'filter' | 'trigger') =>
  function* (k: Kern, _tr: number, f: number, text: string): Fn {
    k.tef.edit(f)[column][f] = textToKeep(k, text);
    return 0;
  };

function* writeSystemFilter(k: Kern, _tr: number, s: number, text: string): Fn {
  k.sysdir.cols.edit(s).filter[s] = textToKeep(k, text);
  return 0;
}

const takes = { busy: true } as const;

const FORMAT: KindSpec = {
  seq: true,
  needsEvent: 'read',
  opens: 'trace_format_open',
  reads: 'f_start',
  opensAlways: true,
};

/** The kind of the files `format` that are about the event call, as event_callback() had it before b1560408692c. */
export const FORMAT_OF_CALL = 'format of a call';

/** Every kind, by level; "*" is what the level's other files are. Order fixes the numbers in the inode table. */
export const FILE_KINDS: readonly FileKind[] = [
  makeKind('native', '*', takes),
  makeKind('native', 'trace', {
    busy: true,
    seq: true,
    allocs: iterator(2),
    *write() {
      return 0;
    },
  }),
  makeKind('native', 'trace_pipe', { busy: true, seekable: false }),
  makeKind('native', 'trace_marker', {
    busy: true,
    seekable: false,
    *write() {
      return 0;
    },
  }),
  makeKind('native', 'trace_marker_raw', {
    busy: true,
    seekable: false,
    *write() {
      return 0;
    },
  }),
  makeKind('native', 'set_event', { busy: true, seq: true }),
  makeKind('native', 'tracing_on', { busy: true, write: writeTracingOn }),
  makeKind('native', 'current_tracer', {
    busy: true,
    write: keeps(
      'tracer',
      /^(nop|function|function_graph|blk|mmiotrace|hwlat|osnoise|timerlat|wakeup|wakeup_rt|wakeup_dl)$/,
    ),
  }),
  makeKind('native', 'trace_clock', {
    busy: true,
    write: keeps('clock', /^(local|global|counter|uptime|perf|mono|mono_raw|boot|tai|x86-tsc)$/),
  }),
  makeKind('native', 'kprobe_events', {
    seq: true,
    *onOpen(k, file) {
      const flags = k.file.flags[file];
      return (flags & O.TRUNC) !== 0 && (flags & O.ACCMODE) !== O.RDONLY ? yield* releaseAllKprobes(k) : 0;
    },
    write: (k, _tr, _data, text) => writeKprobeEvents(k, text),
  }),
  makeKind('native', 'synthetic_events', {
    seq: true,
    *onOpen(k, file) {
      const flags = k.file.flags[file];
      return (flags & O.TRUNC) !== 0 && (flags & O.ACCMODE) !== O.RDONLY ? yield* releaseAllSynthetic(k) : 0;
    },
    write: (k, _tr, _data, text) => writeSyntheticEvents(k, text),
  }),
  makeKind('percpu', '*', takes),
  makeKind('percpu', 'trace', {
    busy: true,
    seq: true,
    allocs: iterator(1),
    *write() {
      return 0;
    },
  }),
  makeKind('percpu', 'trace_pipe', { busy: true, seekable: false }),
  makeKind('option', '*', { busy: (k) => k.tracing.optionsBusy, write: keeps('option', /^[01]$/) }),
  makeKind('events', 'enable', {
    busy: true,
    allocs: (k) => [k.kmalloc(64, 0, 'iterator')],
    write: writeEnable(eventFiles),
  }),
  makeKind('events', '*', { busy: (k) => k.tracing.headerPageBusy }),
  makeKind('system', 'enable', { busy: true, opens: 'subsystem_open', write: writeEnable(inSystem) }),
  makeKind('system', 'filter', { busy: true, opens: 'subsystem_open', write: writeSystemFilter }),
  makeKind('event', 'enable', {
    busy: true,
    needsEvent: 'open',
    holdsEvent: true,
    opens: 'tracing_open_file_tr',
    reads: 'event_enable_read',
    write: writeEnable((_k, _tr, f) => [f]),
  }),
  makeKind('event', 'filter', {
    busy: true,
    needsEvent: 'open',
    holdsEvent: true,
    opens: 'tracing_open_file_tr',
    reads: 'event_filter_read',
    write: writeEventText('filter'),
  }),
  makeKind('event', 'trigger', {
    seq: true,
    needsEvent: 'read',
    opens: 'event_trigger_open',
    reads: 'trigger_start',
    write: writeEventText('trigger'),
  }),
  makeKind('event', 'format', FORMAT),
  makeKind('event', 'id', { opens: 'do_dentry_open', reads: 'event_id_read', noPointer: true, opensAlways: true }),
  makeKind('event', 'hist', {
    busy: true,
    seq: true,
    allocs: histAllocs,
    needsEvent: 'open',
    holdsEvent: true,
    opens: 'event_hist_open',
    reads: 'hist_show',
  }),
  makeKind('event', '*', { busy: true, needsEvent: 'open', opens: 'tracing_open_file_tr' }),
  makeKind('event', FORMAT_OF_CALL, { ...FORMAT, isCall: true }),
];
