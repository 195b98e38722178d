/** What a card says of a design. Facts and their sources: docs/eventfs-designs.md, corrected by docs/kernel-facts.md. */

/** One structure that the design allocates, or keeps alive, for events. */
export interface StructSize {
  readonly name: string;
  /** sizeof in bytes on x86_64 as recorded; undefined = it depends on the name or on the number of children. */
  readonly bytes: number | undefined;
  /** Slab cache it comes from. */
  readonly cache: string;
  /** How many there are: "one per directory". */
  readonly per: string;
}

export interface Source {
  /** Commit id in mainline, or the message id of a mail; '' = neither is known. */
  readonly id: string;
  readonly subject: string;
  /** Day of the commit or mail where the reference gives one: "2023-09-22", "2024-05". */
  readonly date?: string;
}

export interface DesignCard {
  /** Id in the registry of designs (src/kernel/designs/registry.ts). */
  readonly id: string;
  /** Name in the reference: "D2". */
  readonly section: string;
  readonly title: string;
  /** First and last release. */
  readonly releases: string;
  /** Where it stands on the axis of time: day or month of the commit, release or mail it is known by. */
  readonly date: string;
  /** What happened that day. */
  readonly event: string;
  /** Whether kernels with it were released; the others are proposals, or what might have been. */
  readonly released: boolean;
  /** What it does: three sentences. */
  readonly does: readonly [string, string, string];
  readonly structs: readonly StructSize[];
  /** Numbers in the catalogue of bugs (docs/eventfs-designs.md, section 8). */
  readonly bugs: readonly string[];
  readonly sources: readonly Source[];
  /** Tag of the source that shows it best; '' = no tag has it. */
  readonly gitTag: string;
  /** Folder in public/kernels of the machine it runs on unless told otherwise. */
  readonly machine: string;
}

export const DENTRY: StructSize = {
  name: 'dentry',
  bytes: 192,
  cache: 'dentry',
  per: 'one per file and directory looked up',
};
export const TRACE_EVENT_FILE: StructSize = {
  name: 'trace_event_file',
  bytes: 96,
  cache: 'trace_event_file',
  per: 'one per event and instance',
};

/** struct tracefs_inode with the inode in it, on the six small kernels and the Debian ones. */
export const inode = (bytes: number, cache = 'tracefs_inode_cache'): StructSize => ({
  name: cache === 'inode_cache' ? 'inode' : 'tracefs_inode',
  bytes,
  cache,
  per: 'one per dentry',
});

/** The dentries and inodes of a native tree: made with the event, not when looked up. */
export const PINNED: StructSize = { ...DENTRY, per: 'one per file and directory, from creation to removal' };
