/**
 * What changed in the VFS itself between releases, apart from any design. Read off the recorded kernels
 * (docs/kernel-facts.md, section 9) and, where marked, from fs/dcache.c of the release.
 */
export interface VfsVintage {
  readonly id: string;
  /** Names of at least this many characters get a kmalloc-rcl-64 object of their own (DNAME_INLINE_LEN). */
  readonly inlineName: number;
  /** dput() of a hashed dentry whose count is 0: warn and keep 0, or go to -1 in silence (original 6.6, source only). */
  readonly dputUnderflow: 'warn' | 'silent';
  /** select_collect() takes descendants in use off the LRU (up to 6.7). */
  readonly collectUnlistsInUse: boolean;
  /**
   * What shrink_dentry_list() does with the parent of a killed child: __dput_to_list() takes it off the LRU and appends it to the
   * disposal list at count 0 (up to 6.7); shrink_kill() kills it at once (from 6.8).
   */
  readonly shrinkParent: 'list' | 'kill';
  /** Which calculate_order() of mm/slub.c lays out the slabs: see memory/geometry.ts. */
  readonly slabOrder: 'v6.1' | 'v6.8';
  /** Line of the BUG_ON in d_instantiate(), fs/dcache.c; 0 = not known. */
  readonly instantiateLine: number;
  /** Line of the WARN_ON in dput(), fs/dcache.c; 0 = not known. */
  readonly dputWarnLine: number;
  readonly gitTag: string;
}

const VINTAGES: readonly VfsVintage[] = [
  {
    id: '6.1',
    inlineName: 32,
    dputUnderflow: 'silent',
    collectUnlistsInUse: true,
    shrinkParent: 'list',
    slabOrder: 'v6.1',
    instantiateLine: 2031,
    dputWarnLine: 0,
    gitTag: 'v6.1',
  },
  {
    // The original release, from source only: fast_dput() falls through to retain_dentry(), which decrements to -1.
    id: '6.6',
    inlineName: 32,
    dputUnderflow: 'silent',
    collectUnlistsInUse: true,
    shrinkParent: 'list',
    slabOrder: 'v6.1',
    instantiateLine: 0,
    dputWarnLine: 0,
    gitTag: 'v6.6',
  },
  {
    // linux-next of January 2024, on which the robot met the BUG; fs/dcache.c as in v6.6 as far as the model goes.
    id: '6.7-rc2',
    inlineName: 32,
    dputUnderflow: 'silent',
    collectUnlistsInUse: true,
    shrinkParent: 'list',
    slabOrder: 'v6.1',
    instantiateLine: 2031,
    dputWarnLine: 0,
    gitTag: 'v6.7-rc2',
  },
  {
    id: '6.6.144',
    inlineName: 32,
    dputUnderflow: 'warn',
    collectUnlistsInUse: true,
    shrinkParent: 'list',
    slabOrder: 'v6.1',
    instantiateLine: 2040,
    dputWarnLine: 794,
    gitTag: 'v6.6',
  },
  {
    id: '6.12',
    inlineName: 40,
    dputUnderflow: 'warn',
    collectUnlistsInUse: false,
    shrinkParent: 'kill',
    slabOrder: 'v6.8',
    instantiateLine: 1966,
    dputWarnLine: 0,
    gitTag: 'v6.12',
  },
];

/** The vintage with this id, or undefined. */
export const findVintage = (id: string): VfsVintage | undefined => VINTAGES.find((v) => v.id === id);
