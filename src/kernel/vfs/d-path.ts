/** The path of a dentry: fs/d_path.c, read at v6.12. */
import { D } from '../flags.ts';
import type { Kern } from '../kern.ts';

/** The path of a dentry below the tracefs root ('' for the root), with the errno of getcwd(2) when it is unreachable. */
export function pathOf(k: Kern, d: number): { readonly path: string; readonly reachable: boolean } {
  const names: string[] = [];
  const reachable = d === k.small.root || (k.dentry.flags[d] & D.HASHED) !== 0;
  for (let at = d; at !== k.small.root && at !== 0; at = k.dentry.parent[at])
    names.push(k.dentry.flags[at] & D.CURSOR ? '(cursor)' : k.text(k.dentry.name[at]));
  return { path: names.reverse().join('/'), reachable };
}
