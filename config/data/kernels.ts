/** The recorded kernels and what their data cannot say of themselves. */
export interface KernelSource {
  /** Folder of the kernel data. */
  readonly id: string;
  readonly title: string;
  readonly release: string;
  readonly design: string;
  readonly vfs: string;
  readonly inodeCache: string;
  /** Folders whose events-tree.txt and instance-tree.txt are used. */
  readonly eventsFrom: string;
  readonly instanceFrom: string;
  /** sizeof(struct eventfs_root_inode); 0: no such structure. Not in structs.json. */
  readonly eventfsRootInode: number;
  readonly notes: readonly string[];
}

const SIX = {
  vfs: '6.6.144',
  inodeCache: 'tracefs_inode_cache',
  instanceFrom: 'linux-6.1.0-56-amd64',
  eventfsRootInode: 0,
};
const INSTANCE_NOTE =
  'The entries of an instance were not listed on this kernel: they are those of the 6.1 instance that its top directory has too, plus options/fields; ' +
  '"ls -lR" of an instance counted the same number, 68 outside events (scenario C, record 19). The place of syscalls in an instance is that of both Debian kernels.';
const BUILD_NOTE =
  'A small configuration of 6.6.144 with the tracefs and event code put back to the named state, partly reconstructed; no unmodified upstream image was booted.';

const onSix = (id: string, tracefs: string, design: string, eventsFrom: string, eventsNote: string): KernelSource => ({
  ...SIX,
  id,
  title: `Linux 6.6.144 with tracefs of ${tracefs}`,
  release: `6.6.144, tracefs of ${tracefs}`,
  design,
  eventsFrom,
  notes: [BUILD_NOTE, eventsNote, INSTANCE_NOTE],
});
const OWN_LISTING = 'The event catalogue is the listing of this kernel.';
const listingOf = (kernel: string): string =>
  `Its events tree was not listed: the paths are those of ${kernel} (same configuration, same events).`;

export const KERNELS: readonly KernelSource[] = [
  {
    id: 'linux-6.1.0-56-amd64',
    title: 'Linux 6.1',
    release: '6.1.0-56-amd64',
    design: 'v6.5',
    vfs: '6.1',
    inodeCache: 'inode_cache',
    eventsFrom: 'linux-6.1.0-56-amd64',
    instanceFrom: 'linux-6.1.0-56-amd64',
    eventfsRootInode: 0,
    notes: ['Package linux-image-6.1.0-56-amd64 of Debian 12.', 'Listings and structure sizes (BTF) of this kernel.'],
  },
  {
    id: 'linux-6.12.117-amd64',
    title: 'Linux 6.12',
    release: '6.12.117+deb12-amd64',
    design: 'v6.12',
    vfs: '6.12',
    inodeCache: 'tracefs_inode_cache',
    eventsFrom: 'linux-6.12.117-amd64',
    instanceFrom: 'linux-6.12.117-amd64',
    eventfsRootInode: 96,
    notes: [
      'Package linux-image-6.12.117+deb12-amd64 of the Debian 12 backports.',
      'Listings and structure sizes (BTF) of this kernel; eventfs_root_inode is not in its BTF: it comes from kmalloc-96 (no kmalloc-128 moves at mkdir), so its size is taken as 96.',
    ],
  },
  onSix('eventfs-v6.6-rc2', 'v6.6-rc2', 'v6.6-rc2', 'eventfs-v6.6', listingOf('eventfs-v6.6')),
  onSix('eventfs-v6.6', 'v6.6', 'v6.6', 'eventfs-v6.6', OWN_LISTING),
  onSix('eventfs-v6.7', 'v6.7', 'v6.7', 'eventfs-v6.8-rc1', listingOf('eventfs-v6.8-rc1')),
  onSix(
    'eventfs-jan2024-iterate',
    'January 2024 (own iterate)',
    'v6.8-merge',
    'eventfs-v6.8-rc1',
    listingOf('eventfs-v6.8-rc1'),
  ),
  onSix('eventfs-v6.8-rc1', 'v6.8-rc1', 'v6.8-rc2', 'eventfs-v6.8-rc1', OWN_LISTING),
  onSix('eventfs-final-on-6.6', '6.6.144 itself (final design)', 'final-on-6.6', 'eventfs-final-on-6.6', OWN_LISTING),
];
