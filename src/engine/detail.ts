/** A chosen row of the tree on every kernel: what became of it, where it is now, and its fields in the kernel's spelling. */
import { D } from '../kernel/flags.ts';
import { type Located, locate, nodeMadeAt } from '../kernel/inspect/locate.ts';
import { findNode, type Node } from '../kernel/inspect/node.ts';
import type { Kern } from '../kernel/kern.ts';
import { gidOf, uidOf } from '../kernel/vfs/owner.ts';
import { type Fate, fateOf } from '../kernel/vfs/refs.ts';
import type { Channel } from './channel.ts';
import type { NodeDetail, NodeRequest, RowRef } from './protocol.ts';
import { ABSENT, cellOf } from './tree.ts';

type OnKernel = NodeDetail['channels'][number];

/**
 * `sharedUntil`: place in the log of the last command that what was seen and what is shown have in common. What was made
 * later by another branch is another object, though it may have the same place in its cache.
 */
export function nodeDetail(
  channels: readonly Channel[],
  { path: before, refs, rest }: NodeRequest,
  sharedUntil: number,
): NodeDetail {
  const known = channels.map(({ index, kernel: { k } }) => {
    const ref = refs[index];
    return ref === undefined ? undefined : follow(k, ref, before, sharedUntil);
  });
  const path = firstOf(known)?.path ?? before;
  const found = channels.map(({ index, kernel: { k } }) =>
    rest === 'at path' && refs[index] === undefined ? atPath(k, path) : known[index],
  );
  const node = firstOf(found)?.node;
  return {
    path,
    kind: node === undefined ? undefined : node.isDir ? 'dir' : 'file',
    channels: channels.map((channel, i) => onKernel(channel, found[i])),
  };
}

const firstOf = (found: readonly (Found | undefined)[]): Located | undefined =>
  found.find((one) => one?.at !== undefined)?.at;

interface Found {
  readonly fate: Fate;
  readonly at: Located | undefined;
}

function atPath(k: Kern, path: string): Found | undefined {
  const node = findNode(k, path);
  return node === undefined ? undefined : { fate: 'there', at: { path, node } };
}

/** As what lists it names it; and when it is listed no more by its dentry, which somebody may still hold. */
function follow(k: Kern, { node, dentry }: RowRef, path: string, sharedUntil: number): Found {
  const isIt = (at: Located | undefined) => at !== undefined && nodeMadeAt(k, at.node) <= sharedUntil;
  const listed = locate(k, node, path);
  if (isIt(listed)) return { fate: 'there', at: listed };
  const left = dentry === undefined ? undefined : locate(k, { object: dentry }, path);
  if (left !== undefined && k.dentry.since[left.node.dentry] <= sharedUntil) return { fate: 'there', at: left };
  const isOther = listed !== undefined || left !== undefined;
  return { fate: isOther || fateOf(k, node.object) === 'not made' ? 'not made' : 'freed', at: undefined };
}

function onKernel(channel: Channel, found: Found | undefined): OnKernel {
  const { fate, at } = found ?? {};
  if (at === undefined) return { fate, path: undefined, cell: ABSENT, fields: [] };
  return {
    fate,
    path: at.path,
    cell: cellOf(channel.treeSource, at.node),
    fields: fieldsOf(channel.kernel.k, at.node),
  };
}

function fieldsOf(k: Kern, { dentry: d, descriptor }: Node): readonly (readonly [string, string])[] {
  const fields: (readonly [string, string])[] = [];
  if (d !== 0) {
    fields.push(['d_count', String(k.dentry.count[d])], ['d_flags', flagNames(k.dentry.flags[d])]);
    fields.push(['made by', k.arena.labels.text(k.dentry.madeBy[d])]);
    const i = k.dentry.inode[d];
    if (i !== 0) {
      const mode = k.inode.mode[i].toString(8).padStart(4, '0');
      fields.push(['i_ino', String(k.inode.ino[i])], ['i_mode', mode], ['i_nlink', String(k.inode.nlink[i])]);
      fields.push(['i_uid:i_gid', `${uidOf(k, i)}:${gidOf(k, i)}`]);
    }
  }
  if (descriptor !== 0) {
    fields.push(...k.design.fieldsOf(k, descriptor));
  }
  return fields;
}

const FLAG_NAMES: readonly (readonly [number, string])[] = [
  [D.HASHED, 'hashed'],
  [D.LRU, 'DCACHE_LRU_LIST'],
  [D.REFERENCED, 'DCACHE_REFERENCED'],
  [D.SHRINK, 'DCACHE_SHRINK_LIST'],
  [D.PAR_LOOKUP, 'DCACHE_PAR_LOOKUP'],
];

const flagNames = (flags: number): string =>
  FLAG_NAMES.filter(([bit]) => flags & bit)
    .map(([, name]) => name)
    .join(' ') || 'unhashed';
