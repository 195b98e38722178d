/**
 * `show_events_dentries`, the aid of those who wrote eventfs: proposed for v6.6-rc2, declined, kept in a private branch
 * (e_show() in <20230913192905.0a92bcab@gandalf.local.home>). Says
 * which descriptor has a dentry, and the count on it, without the `ls` that would make the dentries.
 *
 * Here every design has the file, in the root of tracefs and in each instance, and no directory lists it: it has no dentry
 * of its own, so that looking changes no count. Nor does it take eventfs_mutex, so that it can be read while a stopped task
 * holds it.
 */
import { D, I } from '../flags.ts';
import type { Kern } from '../kern.ts';
import { findInstance } from '../tracing/instances.ts';
import { pathOf } from '../vfs/d-path.ts';
import { hashFind } from '../vfs/dhash.ts';
import { MOUNT } from '../vfs/namei/path-init.ts';

const FILE = 'show_events_dentries';
const PATHS = new RegExp(`^${MOUNT}(?:/instances/([^/]+))?/${FILE}$`);

export const isShowFile = (path: string): boolean => PATHS.test(path);

/** The absolute path of the file that `components` below a dentry name, if they do. */
export function showFileAt(k: Kern, start: number, components: readonly string[]): string | undefined {
  if (components[components.length - 1] !== FILE) return undefined;
  const parts = pathOf(k, start).path.split('/').filter(Boolean);
  for (const part of components) {
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  const path = [MOUNT, ...parts].join('/');
  return isShowFile(path) && instanceOf(k, path) !== 0 ? path : undefined;
}

/** The text of the file: a line per descriptor, depth-first in list order. */
export function showText(k: Kern, path: string): string {
  const tr = instanceOf(k, path);
  if (tr === 0) return '';
  const lines: string[] = [];
  const events = k.tr.cols.eventsDentry[tr];
  const entry = k.tr.cols.eventsEntry[tr];
  if (entry === 0) showDentries(k, events, lines);
  else showDescriptors(k, entry, events, lines);
  return lines.map((line) => `${line}\n`).join('');
}

/** The trace_array whose directory the file is in, the top one's has the empty name; 0 = there is none. */
function instanceOf(k: Kern, path: string): number {
  const name = k.atoms.intern(PATHS.exec(path)?.[1] ?? '');
  return findInstance(k, name);
}

/** `parent`: the dentry of the directory, 0 = it has none. */
function showDescriptors(k: Kern, desc: number, parent: number, lines: string[]): void {
  for (const entry of k.design.list(k, desc)) {
    const { name, descriptor } = entry;
    const d = k.design.dentryOf === undefined ? parent && hashFind(k, parent, name) : k.design.dentryOf(k, desc, entry);
    lines.push(line(k, name, descriptor !== 0, d));
    if (descriptor !== 0) showDescriptors(k, descriptor, d, lines);
  }
}

/** Without descriptors, the dentries themselves. */
function showDentries(k: Kern, dir: number, lines: string[]): void {
  for (let d = k.dentry.firstChild[dir]; d !== 0; d = k.dentry.sibNext[d]) {
    const inode = k.dentry.inode[d];
    if (inode === 0 || k.dentry.flags[d] & D.CURSOR) continue;
    const isDir = (k.inode.flags[inode] & I.DIR) !== 0;
    lines.push(line(k, k.dentry.name[d], isDir, d));
    if (isDir) showDentries(k, d, lines);
  }
}

const line = (k: Kern, name: number, isDir: boolean, d: number): string =>
  `${k.text(name)}${isDir ? '/' : ''}${d === 0 ? '' : ` dentry: (${k.dentry.count[d]})`}`;
