/** January 2024, and the rewrite that came out of it. */
import { DENTRY, type DesignCard, inode, TRACE_EVENT_FILE } from './card.ts';

const EVENTFS_INODE_128 = { name: 'eventfs_inode', bytes: 128, cache: 'kmalloc-128', per: 'one per directory' };
const D_CHILDREN = { name: 'd_children', bytes: 48, cache: 'kmalloc-64', per: 'one per event directory' };
const ENTRY_ATTRS = {
  name: 'entry_attrs',
  bytes: 72,
  cache: 'kmalloc-96',
  per: 'one per event directory with a chmod or chown',
};
/** From v6.8 on an eventfs_inode is counted: one reference of its creation and one for each dentry. */
const eventfsInode = (bytes: number) => ({
  name: 'eventfs_inode',
  bytes,
  cache: 'kmalloc-96',
  per: 'one per directory',
});
export const ROOT_INODE_96 = {
  name: 'eventfs_root_inode',
  bytes: 96,
  cache: 'kmalloc-96',
  per: 'one per events directory',
};
export const D7_STRUCTS = [eventfsInode(88), ROOT_INODE_96, ENTRY_ATTRS, DENTRY, inode(656), TRACE_EVENT_FILE];

export const YEAR_2024: readonly DesignCard[] = [
  {
    id: 'v6.8-merge',
    section: 'D5',
    title: 'eventfs of January 2024',
    releases: 'v6.8 merge window, linux-next',
    date: '2024-01-03',
    event: 'the patch that stops using dcache_readdir',
    released: false,
    does: [
      'getdents has its own iterate_shared, which makes the dentry and inode of every entry to read its inode number, and drops them at once.',
      'It holds the directory lock only shared, so two tasks with descriptors of their own can make the same entry at the same time.',
      'Nothing is remembered at open any more: no array, no cursor, no release.',
    ],
    structs: [EVENTFS_INODE_128, D_CHILDREN, ENTRY_ATTRS, DENTRY, inode(592), TRACE_EVENT_FILE],
    bugs: [
      ...['B12', 'B13', 'B14', 'B15', 'B16', 'B18', 'B20', 'B21', 'B22', 'B30', 'B31', 'B32', 'B34', 'B40'],
    ],
    sources: [
      { id: '493ec81a8fb8', subject: 'eventfs: Stop using dcache_readdir() for getdents()', date: '2024-01-03' },
      { id: 'b0f7e2d739b4', subject: 'the other half of the same patch', date: '2024-01-03' },
      { id: '1de94b52d5e8', subject: 'head of the pull request eventfs-v6.8' },
      {
        id: '202401152142.bfc28861-oliver.sang@intel.com',
        subject: 'kernel test robot: kernel BUG at fs/dcache.c:2031',
        date: '2024-01-15',
      },
    ],
    gitTag: '',
    machine: 'eventfs-jan2024-iterate',
  },
  {
    id: 'v6.8-rc2',
    section: "D5'",
    title: 'eventfs v6.8-rc2',
    releases: 'v6.8-rc1, v6.8-rc2',
    date: '2024-01-17',
    event: 'the fixes after the crash of getdents',
    released: true,
    does: [
      'getdents creates nothing: it emits name, type and a fixed inode number from the descriptors.',
      'Lookup is still the one of v6.7: it hashes a negative dentry first and gives it its inode later.',
      'Descriptors still point to their dentries without a reference.',
    ],
    structs: [EVENTFS_INODE_128, D_CHILDREN, ENTRY_ATTRS, DENTRY, inode(592), TRACE_EVENT_FILE],
    bugs: [
      ...['B15', 'B16', 'B18', 'B19', 'B20', 'B21', 'B22', 'B30', 'B31', 'B32', 'B34', 'B39', 'B40'],
    ],
    sources: [
      { id: '53c41052ba31', subject: 'eventfs: Have the inodes all for files and directories all be the same' },
      { id: '852e46e239ee', subject: 'eventfs: Do not create dentries nor inodes in iterate_shared' },
      { id: '834bf76add3e', subject: 'eventfs: Save directory inodes in the eventfs_inode structure', date: '2024-01-22' },
    ],
    gitTag: 'v6.8-rc2',
    machine: 'eventfs-v6.8-rc1',
  },
  {
    id: 'v6.8',
    section: 'D7a',
    title: 'eventfs v6.8',
    releases: 'v6.8-rc3 to v6.9-rc',
    date: '2024-01-30',
    event: "Torvalds' series that rewrites lookup",
    released: true,
    does: [
      'Lookup makes dentry and inode in one step with d_add, under eventfs_mutex; nothing else makes any.',
      'The descriptor has no dentry pointers any more: each dentry holds a reference on the eventfs_inode instead, and d_revalidate finds what is stale.',
      'Removal touches no dentry; the last reference frees names at once and the eventfs_inode after RCU.',
    ],
    structs: [eventfsInode(96), ENTRY_ATTRS, DENTRY, inode(592), TRACE_EVENT_FILE],
    bugs: [
      ...['B17', 'B18', 'B20', 'B21', 'B22', 'B23', 'B25', 'B26', 'B28', 'B29', 'B30', 'B32', 'B33', 'B35', 'B38', 'B39'],
      'B40',
    ],
    sources: [
      { id: '49304c2b93e4', subject: 'tracefs: dentry lookup crapectomy' },
      { id: '43aa6f97c2d0', subject: 'eventfs: Get rid of dentry pointers without refcounts' },
      { id: '8dce06e98c70', subject: 'eventfs: Clean up dentry ops and add revalidate function' },
      { id: 'd81786f53aec', subject: 'tracefs: Zero out the tracefs_inode when allocating it' },
    ],
    gitTag: 'v6.8',
    machine: 'eventfs-final-on-6.6',
  },
  {
    id: 'final-on-6.6',
    section: 'D7a',
    title: 'eventfs of 6.6.144',
    releases: '6.6.18 and later',
    date: '2024-02-20',
    event: 'stable 6.6.18 takes the new code',
    released: true,
    does: [
      'Stable 6.6 went back to before eventfs v6.6 and took the code of v6.8: "Linux 6.6" means the v6.6 design only up to 6.6.17.',
      'As recorded it also has the remount that resets owners, and kills tracefs dentries outside events at count 0.',
      'eventfs_entry has no release callback yet: the trace_event_file is freed while descriptors live on.',
    ],
    structs: [eventfsInode(96), ENTRY_ATTRS, DENTRY, inode(608), TRACE_EVENT_FILE],
    bugs: ['B21', 'B25', 'B26', 'B29', 'B32', 'B33', 'B35', 'B38'],
    sources: [
      { id: '20240220205647.524358901@linuxfoundation.org', subject: '6.6 stable review', date: '2024-02-20' },
    ],
    gitTag: 'v6.8',
    machine: 'eventfs-final-on-6.6',
  },
  {
    id: 'v6.9',
    section: 'D7b',
    title: 'eventfs v6.9',
    releases: 'v6.9',
    date: '2024-05-02',
    event: 'the commit that adds the release callback',
    released: true,
    does: [
      'Entries get a release callback: the trace_event_file lives until the eventfs_inode of its directory goes.',
      'The fields that only an events directory needs move to eventfs_root_inode.',
      'Everything is freed after RCU, and a remount with uid or gid resets the owners of all inodes.',
    ],
    structs: [
      eventfsInode(88),
      { ...ROOT_INODE_96, bytes: 104, cache: 'kmalloc-128' },
      ENTRY_ATTRS,
      DENTRY,
      inode(656),
      TRACE_EVENT_FILE,
    ],
    bugs: ['B22', 'B25', 'B26', 'B27', 'B28', 'B29', 'B30', 'B32', 'B33', 'B38', 'B39', 'B40'],
    sources: [
      { id: 'b63db58e2fa5', subject: 'eventfs/tracing: Add callback for release of an eventfs_inode', date: '2024-05-02' },
      { id: 'ee4e0379475e', subject: 'eventfs: Free all of the eventfs_inode after RCU', date: '2024-05' },
      { id: 'baa23a8d4360', subject: 'tracefs: Reset permissions on remount if permissions are options', date: '2024-05' },
    ],
    gitTag: 'v6.9',
    machine: 'linux-6.12.117-amd64',
  },
  {
    id: 'v6.10',
    section: 'D7b',
    title: 'eventfs v6.10',
    releases: 'v6.10',
    date: '2024-07-14',
    event: 'v6.10 released',
    released: true,
    does: [
      'As v6.9, but a remount walks the descriptors below each events directory, so that those without a dentry are found too.',
      'That walk holds RCU only.',
      'The parent inode that eventfs_root_inode pointed to is gone.',
    ],
    structs: D7_STRUCTS,
    bugs: ['B22', 'B24', 'B25', 'B26', 'B27', 'B29', 'B30', 'B32', 'B33', 'B38', 'B40'],
    sources: [{ id: '340f0c7067a9', subject: 'eventfs: Update all the eventfs_inodes from the events descriptor' }],
    gitTag: 'v6.10',
    machine: 'linux-6.12.117-amd64',
  },
  {
    id: 'v6.11',
    section: 'D7c',
    title: 'eventfs v6.11',
    releases: 'v6.11 and later',
    date: '2024-07-23',
    event: 'the commit that frees after SRCU',
    released: true,
    does: [
      'An eventfs_inode is freed after SRCU, so a reader that sleeps in getdents never stands on freed memory.',
      'Removal unlinks with list_del_rcu and leaves the link that a reader follows.',
      'Creating an event below a directory that was removed meanwhile is an error and not a null pointer.',
    ],
    structs: D7_STRUCTS,
    bugs: ['B24', 'B29', 'B30', 'B32', 'B33', 'B38', 'B40'],
    sources: [
      { id: '8e556432477e', subject: 'eventfs: Use SRCU for freeing eventfs_inodes', date: '2024-07-23' },
      { id: '0b6743bd60a5', subject: 'tracefs: Use generic inode RCU for synchronizing freeing', date: '2024-08' },
      { id: 'd2603279c7d6', subject: 'eventfs: Use list_del_rcu() for SRCU protected list variable', date: '2024-09-04' },
    ],
    gitTag: 'v6.11',
    machine: 'linux-6.12.117-amd64',
  },
];
