/**
 * What the designs from v6.6 to v6.8-rc2 have beside their descriptors: bare pointers to dentries, each with the generation of the
 * dentry when it was stored; what an open directory has referenced; and the descriptors that wait for their work item.
 */
import type { Arena } from '../../../base/arena.ts';
import type { Table } from '../../../base/table.ts';
import type { Kern } from '../../kern.ts';
import { Queue } from '../../memory/queue.ts';
import { Rows } from '../../memory/rows.ts';
import type { FILE, OwnColumns } from '../../tables.ts';
import { DESCRIPTOR, declareEntryAttrs, EVENTFS_COLUMNS, type EventfsState } from '../common/descriptor-tables.ts';

const POINTING = {
  ...DESCRIPTOR,
  /** ef->dentry, ei->dentry. */
  dentry: 'i32',
  /** d_parent, ef->d_parent. */
  dParent: 'i32',
  /** First of the rows of {@link PointingState.dChild}. */
  dChildren: 'i32',
  /** kmalloc pointers: d_children[], and struct eventfs_inode of a directory of the file designs, 16 bytes of its own. */
  childrenPtr: 'i32',
  eiPtr: 'i32',
  dentryGen: 'u16',
  dParentGen: 'u16',
} as const;

/** One pointer of a d_children[] array that is not NULL. */
const D_CHILD = { dentry: 'i32', next: 'i32', dentryGen: 'u16', index: 'u8' } as const;
/** One dentry that an open directory has referenced, with its generation then. */
const OPENED = { dentry: 'i32', next: 'i32', gen: 'u16' } as const;
const PRIVATE_DATA = {
  /** file->private_data: first of the rows of {@link PointingState.opened}. The kernel knows them in v6.6 and v6.7 only. */
  opened: 'i32',
} as const;

export const POINTING_COLUMNS: OwnColumns = { ...EVENTFS_COLUMNS, file: PRIVATE_DATA };

export interface PointingState extends Omit<EventfsState, 'descriptor'> {
  readonly descriptor: Rows<typeof POINTING>;
  readonly dChild: Rows<typeof D_CHILD>;
  readonly opened: Rows<typeof OPENED>;
  /** free_list: descriptors for the work item. */
  readonly freeList: Queue;
}

export const declarePointing = (arena: Arena): PointingState => ({
  entryAttr: declareEntryAttrs(arena),
  descriptor: new Rows(arena, 'descriptor', POINTING),
  dChild: new Rows(arena, 'd_children', D_CHILD),
  opened: new Rows(arena, 'dentry_list', OPENED),
  freeList: new Queue(arena, 'free_list'),
});

const stateOf = (k: Kern): PointingState => k.own as PointingState;

export const pointing = (k: Kern): PointingState['descriptor'] => stateOf(k).descriptor;
export const dChild = (k: Kern): PointingState['dChild'] => stateOf(k).dChild;
export const opened = (k: Kern): PointingState['opened'] => stateOf(k).opened;
export const freeList = (k: Kern): Queue => stateOf(k).freeList;
/** The open files with what they have referenced. */
export const files = (k: Kern): Table<typeof FILE & typeof PRIVATE_DATA> =>
  k.file as unknown as Table<typeof FILE & typeof PRIVATE_DATA>;
