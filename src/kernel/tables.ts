/**
 * The columns of every kind of kernel object: one typed array a field, the row is the object. What comes from kmalloc has rows
 * of its own and its slab object as a column.
 */
import { createTable } from '../base/table.ts';
import { Rows } from './memory/rows.ts';

export const dentryTable = () =>
  createTable({
    parent: 'i32',
    name: 'i32',
    inode: 'i32',
    count: 'i32',
    flags: 'u16',
    sb: 'u8',
    /** References of creation: what only a removal drops. */
    pins: 'u8',
    fsdata: 'i32',
    /** Generation of the descriptor in fsdata when it was stored: nothing keeps the older designs' pointer valid. */
    fsdataGen: 'u16',
    lruPrev: 'i32',
    lruNext: 'i32',
    firstChild: 'i32',
    sibPrev: 'i32',
    sibNext: 'i32',
    /** Search tree over the hashed children, keyed by scrambled name atom. */
    hashRoot: 'i32',
    hashLeft: 'i32',
    hashRight: 'i32',
    /** kmalloc-rcl-64 pointer of a name that does not fit inline. */
    externalName: 'i32',
    /** Atom of the kernel function that made it. */
    madeBy: 'u16',
  });

export const inodeTable = () =>
  createTable({
    ino: 'i32',
    flags: 'u8',
    mode: 'u16',
    uid: 'i32',
    gid: 'i32',
    nlink: 'i32',
    fop: 'u16',
    /** i_private: a row of what fop is about. */
    data: 'i32',
    /** ti->private: the descriptor of an eventfs directory, and its generation when it was stored. */
    descriptor: 'i32',
    descriptorGen: 'u16',
    dentry: 'i32',
    /** 0 free, n readers, -1 a writer. */
    rwsem: 'i32',
    lsm: 'i32',
  });

export const fileTable = () =>
  createTable({
    dentry: 'i32',
    flags: 'i32',
    pos: 'i32',
    count: 'i32',
    cursor: 'i32',
    /** Task that holds f_pos_lock, 0 = free. */
    posOwner: 'i32',
    lsm: 'i32',
    /** trace_array it holds a reference on, 0 = none. */
    tr: 'i32',
    /** trace_event_file it holds a reference on, 0 = none. */
    tef: 'i32',
    /** trace_subsystem_dir it holds a reference on, 0 = none. */
    sysdir: 'i32',
    /** Whether its inode was looked at by read(2) before: seq files get their buffer then. */
    wasRead: 'u8',
    /** Atom of the path of a file outside tracefs; then there is no dentry. */
    foreign: 'i32',
  });

export const eventFileTable = () =>
  createTable({
    call: 'i32',
    tr: 'i32',
    dir: 'i32',
    /** Directory dentry (native) or descriptor. */
    entry: 'i32',
    ref: 'i32',
    enabled: 'u8',
    /** EVENT_FILE_FL_FREED. */
    freed: 'u8',
    next: 'i32',
    prev: 'i32',
  });

/** struct trace_subsystem_dir: one a system and trace_array. */
export const systemDirRows = () =>
  new Rows({
    tr: 'i32',
    system: 'i32',
    nrEvents: 'i32',
    ref: 'i32',
    entry: 'i32',
    ptr: 'i32',
    next: 'i32',
    prev: 'i32',
  });

/** struct trace_array; row 1 is the top instance. */
export const traceArrayRows = () =>
  new Rows({
    name: 'i32',
    dir: 'i32',
    eventsDentry: 'i32',
    eventsEntry: 'i32',
    ref: 'i32',
    firstFile: 'i32',
    lastFile: 'i32',
    firstDir: 'i32',
    lastDir: 'i32',
    /** First of the chained buffer_page objects (kmalloc-64). */
    bufferPages: 'i32',
    bufferPageCount: 'i32',
    expanded: 'u8',
    tracingOn: 'u8',
    removed: 'u8',
  });

/** Descriptors of a design (eventfs_inode, eventfs_file); the columns a design does not use stay 0. */
export const descriptorRows = () =>
  new Rows({
    name: 'i32',
    parent: 'i32',
    firstChild: 'i32',
    lastChild: 'i32',
    next: 'i32',
    prev: 'i32',
    /** What its entries are: 1 events, 2 system, 3 event; for the file designs 4 = a file. */
    level: 'u8',
    /** Row of trace_array, trace_subsystem_dir or trace_event_file. */
    data: 'i32',
    tr: 'i32',
    kref: 'i32',
    freed: 'u8',
    ino: 'i32',
    mode: 'u16',
    uid: 'i32',
    gid: 'i32',
    /** 1 mode, 2 uid, 4 gid were set by hand. */
    saved: 'u8',
    /** kmalloc pointers: itself, its name if copied, entry_attrs, d_children. */
    ptr: 'i32',
    namePtr: 'i32',
    attrsPtr: 'i32',
    childrenPtr: 'i32',
    /** struct eventfs_inode of a directory of the file designs: 16 bytes of its own. */
    eiPtr: 'i32',
    /** Bare pointers of the older designs, each with the generation of the dentry when it was stored. */
    dentry: 'i32',
    dentryGen: 'u32',
    dParent: 'i32',
    dParentGen: 'u32',
    /** d_children[]: first of the chained rows of {@link Kern.dChild}. */
    dChildren: 'i32',
    files: 'i32',
  });

/** One pointer of a d_children[] array that is not NULL. */
export const dChildRows = () => new Rows({ index: 'u8', dentry: 'i32', dentryGen: 'u32', next: 'i32' });
