/** The native tree, and the designs from Linux 6.6 to 6.7. */
import { DENTRY, type DesignCard, inode, PINNED, TRACE_EVENT_FILE } from './card.ts';

const NAME_COPY = {
  name: 'copy of a name',
  bytes: undefined,
  cache: 'kmalloc-8 … kmalloc-64',
  per: 'one per file and directory',
};
const EVENTFS_INODE_16 = { name: 'eventfs_inode', bytes: 16, cache: 'kmalloc-16', per: 'one per directory' };
const DENTRY_LIST = { name: 'dentry_list', bytes: 16, cache: 'kmalloc-16', per: 'one per open directory' };
const DENTRY_ARRAY = {
  name: 'array of dentries',
  bytes: undefined,
  cache: 'kmalloc-32 … kmalloc-8k',
  per: 'one per open directory: (children + 1) × 8 bytes',
};

export const YEAR_2023: readonly DesignCard[] = [
  {
    id: 'v6.5',
    section: 'D1',
    title: 'native',
    releases: 'up to v6.5',
    date: '2023-08-27',
    event: 'v6.5 released, the last one with a native tree',
    released: true,
    does: [
      'Every event file and directory gets a dentry and an inode when it is made, at boot and at each mkdir of an instance.',
      'The dentry keeps the reference of its creation, so reclaim can free none of them.',
      'Only removing the event or the instance gives the memory back.',
    ],
    structs: [
      PINNED,
      inode(632, 'inode_cache'),
      TRACE_EVENT_FILE,
      { name: 'trace_subsystem_dir', bytes: 48, cache: 'kmalloc-64', per: 'one per system and instance' },
    ],
    bugs: ['B43'],
    sources: [
      { id: '063565aca3734de4e73639a0e460a58d9418b3cd', subject: 'fs/tracefs/inode.c as read, before eventfs' },
    ],
    gitTag: 'v6.5',
    machine: 'linux-6.1.0-56-amd64',
  },
  {
    id: 'v6.6-rc2',
    section: 'D2',
    title: 'eventfs v6.6-rc2',
    releases: 'v6.6-rc1, v6.6-rc2',
    date: '2023-09-10',
    event: 'v6.6-rc1 released',
    released: true,
    does: [
      'A small eventfs_file stands for every file and directory; dentry and inode are made by lookup, or for all children when their directory is opened.',
      'Opening a directory takes a reference on each child but does not note which ones it took.',
      'Closing it walks the list of children as it is by then and drops one reference on each that has a dentry: a child that came in between loses a reference that nobody took.',
    ],
    structs: [
      { name: 'eventfs_file', bytes: 96, cache: 'kmalloc-96', per: 'one per file and directory' },
      EVENTFS_INODE_16,
      NAME_COPY,
      DENTRY,
      inode(592),
      TRACE_EVENT_FILE,
    ],
    bugs: [
      ...['B1', 'B3', 'B4', 'B7', 'B11', 'B15', 'B16', 'B18', 'B20', 'B22', 'B30', 'B31', 'B34', 'B36', 'B40', 'B42'],
      'B43',
    ],
    sources: [
      { id: '63940449555e', subject: 'eventfs: Implement eventfs lookup, read, open functions', date: '2023-07-28' },
      { id: 'c1504e510238', subject: 'eventfs: Implement eventfs dir creation functions', date: '2023-07-28' },
      { id: '5bdcd5f5331a', subject: 'eventfs: Implement removal of meta data from eventfs', date: '2023-07-28' },
      { id: '27152bceea1d', subject: 'eventfs: Move tracing/events to eventfs', date: '2023-07-28' },
    ],
    gitTag: 'v6.6-rc2',
    machine: 'eventfs-v6.6-rc2',
  },
  {
    id: 'v6.6',
    section: 'D3',
    title: 'eventfs v6.6',
    releases: 'v6.6-rc3 to v6.6, 6.6.0 to 6.6.17',
    date: '2023-09-22',
    event: 'the commit that remembers what was created at open',
    released: true,
    does: [
      'As v6.6-rc2, but each open directory keeps an array of the dentries it referenced, and close drops exactly those.',
      'The array hides in file->private_data, where dcache_readdir wants its cursor: each getdents swaps the cursor in and out.',
      'That is right only because f_pos_lock keeps two threads out of the same open file.',
    ],
    structs: [
      { name: 'eventfs_file', bytes: 104, cache: 'kmalloc-128', per: 'one per file and directory' },
      EVENTFS_INODE_16,
      NAME_COPY,
      DENTRY_LIST,
      DENTRY_ARRAY,
      DENTRY,
      inode(592),
      TRACE_EVENT_FILE,
    ],
    bugs: ['B2', 'B7', 'B11', 'B15', 'B16', 'B18', 'B20', 'B22', 'B30', 'B31', 'B34', 'B36', 'B40', 'B43'],
    sources: [
      { id: 'ef36b4f92868', subject: 'eventfs: Remember what dentries were created on dir open', date: '2023-09-22' },
    ],
    gitTag: 'v6.6',
    machine: 'eventfs-v6.6',
  },
  {
    id: 'v6.7',
    section: 'D4',
    title: 'eventfs v6.7',
    releases: 'v6.7, 6.7.0 to 6.7.5',
    date: '2023-10-04',
    event: 'the commit that removes eventfs_file',
    released: true,
    does: [
      'The descriptors of files are gone: one eventfs_inode a directory, and a table of names and callbacks that all events share.',
      'It points to the dentries it has (dentry, d_children) without a reference; opening a directory still creates and references all of them.',
      'A removed descriptor is freed after an SRCU grace period, by a work item where it still has dentries, or by the last close.',
    ],
    structs: [
      { name: 'eventfs_inode', bytes: 128, cache: 'kmalloc-128', per: 'one per directory' },
      { name: 'd_children', bytes: 48, cache: 'kmalloc-64', per: 'one per event directory' },
      { name: 'entry_attrs', bytes: 72, cache: 'kmalloc-96', per: 'one per event directory with a chmod or chown' },
      DENTRY_LIST,
      DENTRY_ARRAY,
      DENTRY,
      inode(592),
      TRACE_EVENT_FILE,
    ],
    bugs: [
      ...['B5', 'B6', 'B7', 'B8', 'B9', 'B10', 'B11', 'B15', 'B16', 'B18', 'B20', 'B21', 'B22', 'B30', 'B31', 'B34'],
      ...['B36', 'B37', 'B40', 'B43'],
    ],
    sources: [
      { id: '5790b1fb3d67', subject: 'eventfs: Remove eventfs_file and just use eventfs_inode', date: '2023-10-04' },
    ],
    gitTag: 'v6.7',
    machine: 'eventfs-v6.7',
  },
];
