/**
 * What every eventfs has of its own: the descriptors, and the pointers to them in dentries and inodes. The columns a design does
 * not use stay 0.
 */
import type { Arena } from '../../../base/arena.ts';
import type { Table } from '../../../base/table.ts';
import type { Kern } from '../../kern.ts';
import { Rows } from '../../memory/rows.ts';
import type { DENTRY, INODE, OwnColumns } from '../../tables.ts';

/** struct eventfs_inode, eventfs_file or proc_dir_entry. */
export const DESCRIPTOR = {
  name: 'atom',
  parent: 'i32',
  firstChild: 'i32',
  lastChild: 'i32',
  next: 'i32',
  prev: 'i32',
  /** Row of trace_array, trace_subsystem_dir or trace_event_file. */
  data: 'i32',
  tr: 'i32',
  kref: 'i32',
  ino: 'i32',
  /** The command that made it. */
  since: 'u32',
  uid: 'i32',
  gid: 'i32',
  /** kmalloc pointers: itself, its name if copied, entry_attrs. */
  ptr: 'i32',
  namePtr: 'i32',
  attrsPtr: 'i32',
  /** First of the rows of {@link EventfsState.entryAttr}. */
  attrs: 'i32',
  mode: 'u16',
  files: 'u16',
  /** What its entries are: 1 events, 2 system, 3 event; for the file designs 4 = a file. */
  level: 'u8',
  freed: 'u8',
  /** 1 mode, 2 uid, 4 gid were set by hand. */
  saved: 'u8',
} as const;

/** struct eventfs_attr of one file of a directory that has been changed. */
const ENTRY_ATTR = { index: 'u8', saved: 'u8', mode: 'u16', uid: 'i32', gid: 'i32', next: 'i32' } as const;

const FSDATA = {
  /** d_fsdata: the descriptor, and its generation when it was stored: nothing keeps the older designs' pointer valid. */
  fsdata: 'i32',
  fsdataGen: 'u16',
} as const;
const PRIVATE = {
  /** ti->private: the descriptor of an eventfs directory, and its generation when it was stored. */
  descriptor: 'i32',
  descriptorGen: 'u16',
} as const;

export const EVENTFS_COLUMNS: OwnColumns = { dentry: FSDATA, inode: PRIVATE };

export interface EventfsState {
  readonly descriptor: Rows<typeof DESCRIPTOR>;
  readonly entryAttr: Rows<typeof ENTRY_ATTR>;
}

export const declareEntryAttrs = (arena: Arena): EventfsState['entryAttr'] =>
  new Rows(arena, 'eventfs_attr', ENTRY_ATTR);

export const declareEventfs = (arena: Arena): EventfsState => ({
  descriptor: new Rows(arena, 'descriptor', DESCRIPTOR),
  entryAttr: declareEntryAttrs(arena),
});

const stateOf = (k: Kern): EventfsState => k.own as EventfsState;

export const descriptors = (k: Kern): EventfsState['descriptor'] => stateOf(k).descriptor;
export const entryAttrs = (k: Kern): EventfsState['entryAttr'] => stateOf(k).entryAttr;
/** The dentries with their d_fsdata. */
export const dentries = (k: Kern): Table<typeof DENTRY & typeof FSDATA> =>
  k.dentry as unknown as Table<typeof DENTRY & typeof FSDATA>;
/** The inodes with their ti->private. */
export const inodes = (k: Kern): Table<typeof INODE & typeof PRIVATE> =>
  k.inode as unknown as Table<typeof INODE & typeof PRIVATE>;
