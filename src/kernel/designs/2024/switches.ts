/**
 * The variants of eventfs from v6.8 to 2026 (section 5.8.3 of docs/eventfs-designs.md), each of which can be set on its own:
 * "v6.8:freed=srcu,release=yes". Sources: 43aa6f97c2d0 and following (v6.8), b63db58e2fa5, ee4e0379475e, baa23a8d4360 (v6.9),
 * 340f0c7067a9 (v6.10), 8e556432477e, d2603279c7d6, b1560408692c (v6.11), d9b13cdad80d (v6.17), f67950b2887f, 07004a8c4b57,
 * f0ece16ffca7, fd73b6917021 (2026). A stable tree has what was carried over to it, so the designs of recorded kernels are
 * rows of their own.
 */
export interface EventfsSwitches {
  /** Bytes of struct eventfs_inode and of the one of an `events` directory. */
  readonly inodeSize: number;
  readonly rootInodeSize: number;
  /** list_del() leaves a poisoned link in the removed element, list_del_rcu() the old one. */
  readonly unlink: 'poison' | 'rcu';
  /** Whether a reader without the mutex sees a new element only after its fields: list_add_tail() or list_add_tail_rcu(). */
  readonly insert: 'plain' | 'rcu';
  /** With which member the RCU head shares its memory. */
  readonly head: 'list' | 'children';
  /** Removal of a directory looks up the next sibling before it removes a child (list_for_each_entry_safe). */
  readonly walk: 'plain' | 'safe';
  /** What follows the last reference: contents freed at once and the shell after RCU; all after RCU; all after SRCU. */
  readonly freed: 'contents' | 'rcu' | 'srcu';
  /** entry->release(): the trace_event_file lives until the eventfs_inode goes. */
  readonly release: boolean;
  /**
   * What a remount with uid= or gid= changes beside the root: nothing; the inodes that exist; all descriptors, found under RCU
   * only; the same under eventfs_mutex and SRCU.
   */
  readonly remount: 'root' | 'inodes' | 'all' | 'locked';
  /** chown of `events`: only marks it, also becomes the owner of what is made later, or concerns its own inode only. */
  readonly events: 'marks' | 'default' | 'inode';
  /**
   * ti->private of a file's inode: what the recycled memory held, or NULL (v6.10). The zeroing of d81786f53aec does not help: it is
   * in the constructor of the slab, which only a fresh object sees.
   */
  readonly private: 'stale' | 'null';
  /** Whether lookup tells watchers that something was created, each time anew (until 12d823b31fad, B20). */
  readonly notify: 'lookup' | 'never';
  /** i_nlink of a directory: always 1, or raised by every lookup of a subdirectory and lowered by nothing (until ca185770db91). */
  readonly nlink: 'one' | 'counted';
  /** What lookup leaves for a name that does not exist: nothing, or a hashed negative dentry, which nobody invalidates. */
  readonly missing: 'unhashed' | 'hashed';
  /** Whether a directory can get the one inode number that all files have, when get_next_ino() comes to it. */
  readonly ino: 'any' | 'apart';
  /** d_delete: dentries outside eventfs are killed at count 0. */
  readonly ddelete: boolean;
  /** A directory is created below one that was removed meanwhile: NULL, or an error that the caller reports. */
  readonly orphan: 'null' | 'busy';
  /** eventfs_create_events_dir() asks whether tracefs is locked down after it has locked the parent, or before. */
  readonly lockdown: 'late' | 'first';
  /** The kernel's own mount at boot applies the default options, or leaves the root with the mode 0755 of a new superblock. */
  readonly mount: 'applied' | 'lost';
  /** i_private of `format`: the event call, which knows nothing of its removal, or the trace_event_file. */
  readonly format: 'call' | 'file';
  /** The machine: whether other CPUs see stores in the order in which they were made (x86), or may not (arm64, POWER). */
  readonly stores: 'ordered' | 'weak';
}

/** D7a, v6.8: Torvalds' rewrite. */
const V6_8: EventfsSwitches = {
  inodeSize: 96,
  rootInodeSize: 96,
  unlink: 'poison',
  insert: 'plain',
  head: 'list',
  walk: 'plain',
  freed: 'contents',
  release: false,
  remount: 'root',
  events: 'marks',
  private: 'stale',
  notify: 'never',
  nlink: 'one',
  missing: 'unhashed',
  ino: 'any',
  ddelete: false,
  orphan: 'null',
  lockdown: 'late',
  mount: 'applied',
  format: 'call',
  stores: 'ordered',
};
/** As posted on 2024-01-30, before Viro's review of 2024-02-01. */
const V6_8_DRAFT: EventfsSwitches = { ...V6_8, notify: 'lookup', nlink: 'counted', missing: 'hashed' };

/** D7b: events_dir moves to a structure of its own, entries get a release(). */
const V6_9: EventfsSwitches = {
  ...V6_8,
  inodeSize: 88,
  rootInodeSize: 104,
  freed: 'rcu',
  release: true,
  remount: 'inodes',
  events: 'default',
};
const V6_10: EventfsSwitches = {
  ...V6_9,
  rootInodeSize: 96,
  remount: 'all',
  events: 'inode',
  private: 'null',
  ino: 'apart',
};
/** D7c. */
const V6_11: EventfsSwitches = { ...V6_10, freed: 'srcu', orphan: 'busy', unlink: 'rcu', format: 'file' };
/** D7d. e4d32142d1de (v6.12) had taken the default options from the first mount. */
const V6_17: EventfsSwitches = { ...V6_11, ddelete: true, mount: 'lost' };
/** Pinned dentries become "persistent" ones (50d7fd3c3a3e), which no count shows; on the way the lockdown test moved. */
const V6_19: EventfsSwitches = { ...V6_17, lockdown: 'first' };
/** D7e, as 7.0.y has it since May 2026; in the main line these came with v7.1. */
const V7_0: EventfsSwitches = { ...V6_19, insert: 'rcu', remount: 'locked', mount: 'applied' };
/** D7f, as 7.1.9 has it since August 2026; in the main line these came with v7.2-rc7. */
const V7_1: EventfsSwitches = { ...V7_0, head: 'children', walk: 'safe' };

/** What both recorded stable trees of 2026 took over. */
const STABLE_2026 = {
  unlink: 'rcu',
  insert: 'rcu',
  remount: 'locked',
  ino: 'apart',
  ddelete: true,
  orphan: 'busy',
  lockdown: 'first',
  format: 'file',
} as const;

/** Every design of this family: id, title, switches. */
export const EVENTFS_VARIANTS: readonly (readonly [id: string, title: string, switches: EventfsSwitches])[] = [
  // The code of v6.8 as 6.6.18 took it, with what followed until 6.6.144: read in a 6.6.y tree of summer 2026.
  ['final-on-6.6', 'eventfs of 6.6.144', { ...V6_8, ...STABLE_2026 }],
  ['v6.8-draft', 'eventfs v6.8 as first posted', V6_8_DRAFT],
  ['v6.8', 'eventfs v6.8', V6_8],
  ['v6.9', 'eventfs v6.9', V6_9],
  ['v6.10', 'eventfs v6.10', V6_10],
  ['v6.11', 'eventfs v6.11', V6_11],
  // The recorded 6.12.117. Its BTF (structs.json) has the RCU head in a union with `children`.
  ['v6.12', 'eventfs v6.12', { ...V6_11, ...STABLE_2026, head: 'children', walk: 'safe' }],
  ['v6.17', 'eventfs v6.17', V6_17],
  ['v6.19', 'eventfs v6.19', V6_19],
  ['v7.0', 'eventfs v7.0', V7_0],
  ['v7.1', 'eventfs v7.1', V7_1],
];

const VALUES: {
  readonly [S in keyof Omit<EventfsSwitches, 'inodeSize' | 'rootInodeSize'>]: readonly EventfsSwitches[S][];
} = {
  unlink: ['poison', 'rcu'],
  insert: ['plain', 'rcu'],
  head: ['list', 'children'],
  walk: ['plain', 'safe'],
  freed: ['contents', 'rcu', 'srcu'],
  release: [false, true],
  remount: ['root', 'inodes', 'all', 'locked'],
  events: ['marks', 'default', 'inode'],
  private: ['stale', 'null'],
  notify: ['lookup', 'never'],
  nlink: ['one', 'counted'],
  missing: ['unhashed', 'hashed'],
  ino: ['any', 'apart'],
  ddelete: [false, true],
  orphan: ['null', 'busy'],
  lockdown: ['late', 'first'],
  mount: ['applied', 'lost'],
  format: ['call', 'file'],
  stores: ['ordered', 'weak'],
};

/** The switches with one set by its text ("yes" and "no" for the booleans); undefined = no such switch or value. */
export function setSwitch(switches: EventfsSwitches, name: string, text: string): EventfsSwitches | undefined {
  const values = Object.hasOwn(VALUES, name) ? VALUES[name as keyof typeof VALUES] : [];
  const value = values.find((v) => (typeof v === 'boolean' ? (v ? 'yes' : 'no') : v) === text);
  return value === undefined ? undefined : { ...switches, [name]: value };
}
