import { D, SB_PROC, SB_TRACEFS } from '../flags.ts';
import type { Kern } from '../kern.ts';

/** d_sb: tracefs or proc, as a row of the table of superblocks. */
export const superblockOf = (k: Kern, d: number): number => (k.dentry.flags[d] & D.PROC ? SB_PROC : SB_TRACEFS);
