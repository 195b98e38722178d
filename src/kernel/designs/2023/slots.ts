/**
 * Pointers to dentries that own no reference, the root of most bugs of v6.6 to v6.8-rc2: ef->dentry, ei->dentry, d_children[].
 * Each is stored with the generation of the dentry, so that using one whose target was freed is noticed where it happens.
 */
import { type Breaches, breach } from '../../breach.ts';
import type { Kern, LogicalEntry } from '../../kern.ts';
import { KernelBug } from '../../oops.ts';
import { isDead } from '../../vfs/dentry.ts';
import { dentryRef, descriptorRef } from '../../vfs/refs.ts';
import type { Slot } from '../common/attributes.ts';
import { levelOf, tableOf } from '../common/descriptors.ts';
import { checkFsdata } from '../common/pointers.ts';
import { dChild, pointing } from './pointer-tables.ts';

/** What the slot holds; 0 = NULL. The dentry may be dead or freed. */
export function slotDentry(k: Kern, { desc, index }: Slot): number {
  if (index < 0) return pointing(k).cols.dentry[desc];
  const row = childRow(k, desc, index);
  return row === 0 ? 0 : dChild(k).cols.dentry[row];
}

/** What the slot holds, about to be used: the memory must still be that of the dentry that was stored. */
export function usableSlot(k: Kern, slot: Slot): number {
  const { desc, index } = slot;
  const d = slotDentry(k, slot);
  if (d === 0) return 0;
  const gen = index < 0 ? pointing(k).cols.dentryGen[desc] : dChild(k).cols.dentryGen[childRow(k, desc, index)];
  return checkDentry(k, d, gen);
}

/** A dentry that was remembered with its generation, about to be used. */
export function checkDentry(k: Kern, d: number, gen: number): number {
  if (k.dentryCache.genOf(d) === gen) return d;
  const { stack } = k.current;
  const text = `BUG: KASAN: slab-use-after-free in ${stack[stack.length - 1] ?? 'unknown'}`;
  throw new KernelBug(k, 'use after free', text, [`dentry ${d}, freed since its address was stored`]);
}

/** Stores a dentry, or NULL (0). */
export function setSlot(k: Kern, { desc, index }: Slot, d: number): void {
  const gen = d === 0 ? 0 : k.dentryCache.genOf(d);
  const { cols } = pointing(k);
  if (index < 0) {
    cols.edit(desc).dentry[desc] = d;
    cols.edit(desc).dentryGen[desc] = gen;
    return;
  }
  let row = childRow(k, desc, index);
  if (d === 0) {
    if (row !== 0) removeChildRow(k, desc, row);
    return;
  }
  if (row === 0) {
    row = dChild(k).add();
    dChild(k).cols.edit(row).index[row] = index;
    dChild(k).cols.edit(row).next[row] = cols.dChildren[desc];
    cols.edit(desc).dChildren[desc] = row;
  }
  dChild(k).cols.edit(row).dentry[row] = d;
  dChild(k).cols.edit(row).dentryGen[row] = gen;
}

/** d_children[]: the entries that are not NULL, by rising index. */
export function dChildren(k: Kern, desc: number): readonly Slot[] {
  const indexes: number[] = [];
  for (let row = pointing(k).cols.dChildren[desc]; row !== 0; row = dChild(k).cols.next[row])
    indexes.push(dChild(k).cols.index[row]);
  return indexes.sort((a, b) => a - b).map((index) => ({ desc, index }));
}

function childRow(k: Kern, desc: number, index: number): number {
  const { cols } = dChild(k);
  let row = pointing(k).cols.dChildren[desc];
  while (row !== 0 && cols.index[row] !== index) row = cols.next[row];
  return row;
}

function removeChildRow(k: Kern, desc: number, gone: number): void {
  const { cols } = dChild(k);
  const next = cols.next[gone];
  if (pointing(k).cols.dChildren[desc] === gone) pointing(k).cols.edit(desc).dChildren[desc] = next;
  else {
    let row = pointing(k).cols.dChildren[desc];
    while (cols.next[row] !== gone) row = cols.next[row];
    cols.edit(row).next[row] = next;
  }
  dChild(k).remove(gone);
}

/** ef->dentry, ei->dentry or d_children[] of one entry of a directory. Memory that was freed still says what it said. */
export function pointerOf(k: Kern, parent: number, { name, descriptor }: LogicalEntry): number {
  if (descriptor !== 0) return slotDentry(k, { desc: descriptor, index: -1 });
  const { firstChild, next, name: names } = pointing(k).cols;
  for (let ef = firstChild[parent]; ef > 0; ef = next[ef])
    if (levelOf(k, ef) === 'file' && names[ef] === name) return slotDentry(k, { desc: ef, index: -1 });
  return slotDentry(k, { desc: parent, index: tableOf(k, parent).findIndex((entry) => entry.atom === name) });
}

/** I8 and I9: a slot points to a dentry that is not killed, and d_fsdata to a descriptor that is not freed. */
export function* checkPointers(k: Kern): Breaches {
  const descriptors = pointing(k);
  for (const desc of descriptors.live()) {
    for (const slot of [{ desc, index: -1 }, ...dChildren(k, desc)]) {
      const d = slotDentry(k, slot);
      if (d !== 0 && (!k.dentryCache.isLive(d) || isDead(k, d)))
        yield breach(
          'I8',
          [descriptorRef(k, desc), dentryRef(k, d)],
          () => `${k.text(descriptors.cols.name[desc])} points to a dentry that is dead`,
        );
    }
  }
  yield* checkFsdata(k);
}
