/** One node on every kernel: its fields in the kernel's spelling, and who holds it. */

import { D } from '../kernel/flags.ts';
import { childrenOf } from '../kernel/inspect/dentry-state.ts';
import { findNode, type Node } from '../kernel/inspect/node.ts';
import type { Kern } from '../kernel/kern.ts';
import { gidOf, uidOf } from '../kernel/vfs/owner.ts';
import type { Channel } from './channel.ts';
import type { NodeDetail } from './protocol.ts';
import { cellOf } from './tree.ts';

/** More children than this are counted, not named. */
const MAX_NAMED_CHILDREN = 8;

export function nodeDetail(channels: readonly Channel[], path: string): NodeDetail {
  return {
    path,
    channels: channels.map((channel) => {
      const { k } = channel.kernel;
      const node = findNode(k, path);
      const cell = cellOf(channel.treeSource, node);
      return {
        cell,
        fields: node === undefined ? [] : fieldsOf(k, node),
        holders: node === undefined ? [] : holdersOf(channel, node),
      };
    }),
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

/** Whose references d_count counts. */
function holdersOf({ kernel: { k }, task }: Channel, { dentry: d }: Node): readonly string[] {
  if (d === 0) return [];
  const holders: string[] = [];
  for (let n = 0; n < k.dentry.pins[d]; n++) holders.push('creation (pin)');
  for (const [fd, file] of task.fds) if (k.file.dentry[file] === d) holders.push(`fd ${fd} (open file)`);
  if (task.cwd === d) holders.push('working directory');
  const children = [...childrenOf(k, d)];
  const named = children.slice(0, MAX_NAMED_CHILDREN).map((c) => nameOfChild(k, c));
  holders.push(...named);
  if (children.length > named.length) holders.push(`${children.length - named.length} more children`);
  return holders;
}

const nameOfChild = (k: Kern, c: number): string =>
  k.dentry.flags[c] & D.CURSOR ? 'cursor of an open directory' : `child ${k.text(k.dentry.name[c])}`;
