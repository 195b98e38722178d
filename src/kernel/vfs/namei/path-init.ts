/** From the text of a path to where the walk over it begins: fs/namei.c getname() and path_init(), read at v6.12. */
import { fail } from '../../errno.ts';
import type { Kern } from '../../kern.ts';

export const NAME_MAX = 255;
const PATH_MAX = 4096;

/** The mount point of tracefs; `/sys/kernel/debug/tracing` is the automount of the same superblock. */
export const MOUNT = '/sys/kernel/tracing';
const ALIAS = '/sys/kernel/debug/tracing';

/** Where a path starts: in tracefs at `start` with these components left, or outside of it at this absolute path. */
export type PathStart =
  | {
      readonly kind: 'tracefs';
      readonly start: number;
      readonly components: readonly string[];
      readonly slash: boolean;
    }
  | { readonly kind: 'foreign'; readonly path: string };

/** Splits a path as the walk will see it. `base` 0 = outside tracefs at `foreignBase`. Negative = errno. */
export function pathInit(k: Kern, path: string, base: number, foreignBase: string): PathStart | number {
  if (path === '') return fail('ENOENT');
  if (path.length >= PATH_MAX) return fail('ENAMETOOLONG');
  if (!path.startsWith('/') && base !== 0) {
    const components = path.split('/').filter((c) => c !== '' && c !== '.');
    return climb(k, base, components, path.endsWith('/'));
  }
  const absolute = normalise(path.startsWith('/') ? path : `${foreignBase}/${path}`);
  for (const mount of [MOUNT, ALIAS]) {
    if (absolute === mount || absolute.startsWith(`${mount}/`)) {
      const rest = absolute
        .slice(mount.length)
        .split('/')
        .filter((c) => c !== '');
      return { kind: 'tracefs', start: k.small.root, components: rest, slash: path.endsWith('/') };
    }
  }
  return { kind: 'foreign', path: absolute };
}

/** Removes "." and resolves ".." by text: right for the directories outside tracefs, which hold no symlinks on the way. */
function normalise(path: string): string {
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') out.pop();
    else if (part !== '' && part !== '.') out.push(part);
  }
  return `/${out.join('/')}`;
}

/** A path that climbs out of tracefs by ".." goes on outside of it. */
function climb(k: Kern, base: number, components: readonly string[], slash: boolean): PathStart {
  let depth = 0;
  for (let d = base; d !== k.small.root && k.dentry.parent[d] !== 0; d = k.dentry.parent[d]) depth++;
  for (const [i, part] of components.entries()) {
    depth += part === '..' ? -1 : 1;
    if (depth < 0) {
      const path = normalise(`${MOUNT}/../${components.slice(i + 1).join('/')}`);
      return path.startsWith(`${MOUNT}/`) || path === MOUNT
        ? {
            kind: 'tracefs',
            start: k.small.root,
            components: path.slice(MOUNT.length).split('/').filter(Boolean),
            slash,
          }
        : { kind: 'foreign', path };
    }
  }
  return { kind: 'tracefs', start: base, components, slash };
}
