/**
 * Pointers that own no reference, the root of most bugs of v6.6 to v6.8-rc2: ef->dentry, ei->dentry, d_children[],
 * d_fsdata, ti->private. Each is stored with the generation of what it points to, so that using one whose target was freed
 * is noticed where it happens.
 */
import { KernelBug, notice } from '../../oops.ts';
import { D, type Kern } from '../../state.ts';
import { isDead } from '../../vfs/dentry.ts';

/** The place of a bare dentry pointer: descriptor's own (index -1), or d_children[index] of a directory. */
export interface Slot {
  readonly desc: number;
  readonly index: number;
}

/** What the slot holds; 0 = NULL. The dentry may be dead or freed. */
export function slotDentry(k: Kern, { desc, index }: Slot): number {
  if (index < 0) return k.descriptor.cols.dentry[desc];
  const row = childRow(k, desc, index);
  return row === 0 ? 0 : k.dChild.cols.dentry[row];
}

/** What the slot holds, about to be used: the memory must still be that of the dentry that was stored. */
export function usableSlot(k: Kern, slot: Slot): number {
  const { desc, index } = slot;
  const d = slotDentry(k, slot);
  if (d === 0) return 0;
  const gen = index < 0 ? k.descriptor.cols.dentryGen[desc] : k.dChild.cols.dentryGen[childRow(k, desc, index)];
  return checkDentry(k, d, gen);
}

/** A dentry that was remembered with its generation, about to be used. */
export function checkDentry(k: Kern, d: number, gen: number): number {
  if (k.dentryCache.object.gen[d] === gen) return d;
  const { stack } = k.current;
  const text = `BUG: KASAN: slab-use-after-free in ${stack[stack.length - 1] ?? 'unknown'}`;
  throw new KernelBug(k, 'use after free', text, [`dentry ${d}, freed since its address was stored`]);
}

/** Stores a dentry, or NULL (0). */
export function setSlot(k: Kern, { desc, index }: Slot, d: number): void {
  const gen = d === 0 ? 0 : k.dentryCache.object.gen[d];
  const { cols } = k.descriptor;
  if (index < 0) {
    cols.dentry[desc] = d;
    cols.dentryGen[desc] = gen;
    return;
  }
  let row = childRow(k, desc, index);
  if (d === 0) {
    if (row !== 0) removeChildRow(k, desc, row);
    return;
  }
  if (row === 0) {
    row = k.dChild.add();
    k.dChild.cols.index[row] = index;
    k.dChild.cols.next[row] = cols.dChildren[desc];
    cols.dChildren[desc] = row;
  }
  k.dChild.cols.dentry[row] = d;
  k.dChild.cols.dentryGen[row] = gen;
}

/** d_children[]: the entries that are not NULL, by rising index. */
export function dChildren(k: Kern, desc: number): readonly Slot[] {
  const indexes: number[] = [];
  for (let row = k.descriptor.cols.dChildren[desc]; row !== 0; row = k.dChild.cols.next[row])
    indexes.push(k.dChild.cols.index[row]);
  return indexes.sort((a, b) => a - b).map((index) => ({ desc, index }));
}

function childRow(k: Kern, desc: number, index: number): number {
  const { cols } = k.dChild;
  let row = k.descriptor.cols.dChildren[desc];
  while (row !== 0 && cols.index[row] !== index) row = cols.next[row];
  return row;
}

function removeChildRow(k: Kern, desc: number, gone: number): void {
  const { cols } = k.dChild;
  const next = cols.next[gone];
  if (k.descriptor.cols.dChildren[desc] === gone) k.descriptor.cols.dChildren[desc] = next;
  else {
    let row = k.descriptor.cols.dChildren[desc];
    while (cols.next[row] !== gone) row = cols.next[row];
    cols.next[row] = next;
  }
  k.dChild.remove(gone);
}

/** dentry->d_fsdata = descriptor. */
export function setFsdata(k: Kern, d: number, desc: number): void {
  k.dentry.fsdata[d] = desc;
  k.dentry.fsdataGen[d] = desc === 0 ? 0 : k.descriptor.genOf(desc);
}

/** dentry->d_fsdata, about to be dereferenced; 0 = NULL. */
export const fsdataOf = (k: Kern, d: number): number =>
  dereference(k, k.dentry.fsdata[d], k.dentry.fsdataGen[d], 'd_fsdata', 'ptr');

/** ti->private = descriptor. */
export function setPrivate(k: Kern, inode: number, desc: number): void {
  k.inode.descriptor[inode] = desc;
  k.inode.descriptorGen[inode] = desc === 0 ? 0 : k.descriptor.genOf(desc);
}

/**
 * ti->private of a directory, about to be dereferenced; 0 = NULL. `memory`: where the structure it points to lies, the
 * 16-byte eventfs_inode of the file designs or the descriptor itself.
 */
export const privateOf = (k: Kern, inode: number, memory: 'ptr' | 'eiPtr' = 'ptr'): number =>
  dereference(k, k.inode.descriptor[inode], k.inode.descriptorGen[inode], 'ti->private', memory);

/** A descriptor found in a list, about to be dereferenced after others could run: `gen` is what it was before. */
export const stillThere = (k: Kern, desc: number, gen: number): number =>
  dereference(k, desc, gen, 'list element', 'ptr');

/**
 * Using freed memory that nobody has got since reads what it held, and only a debugging kernel would notice; memory that
 * is somebody else's by now is garbage, and the task does not survive it.
 */
function dereference(k: Kern, desc: number, gen: number, pointer: string, memory: 'ptr' | 'eiPtr'): number {
  const now = desc === 0 ? gen : k.descriptor.genOf(desc);
  if (now === gen) return desc;
  const { stack } = k.current;
  const text = `BUG: KASAN: slab-use-after-free in ${stack[stack.length - 1] ?? 'unknown'}`;
  const objects = [`${pointer}: descriptor ${desc}, once ${k.text(k.descriptor.cols.name[desc])}`];
  const ptr = k.descriptor.cols[memory][desc];
  const isReused = now !== ((gen + 1) & 0xffff) || k.cacheOf(ptr).isLive(k.objectOf(ptr));
  if (isReused) throw new KernelBug(k, 'use after free', text, objects);
  notice(k, 'use after free', text, objects);
  return desc;
}

/** An error pointer is used as an address: it lies in the last page, which is never mapped. */
export const errorPointer = (k: Kern, error: number, usedAs: string): KernelBug =>
  new KernelBug(
    k,
    'bad pointer',
    `BUG: unable to handle page fault for address: ${(2n ** 64n + BigInt(error)).toString(16)}`,
    [`error pointer ${error} used as ${usedAs}`],
  );

/** I8 and I9: a slot points to a dentry that is not killed, and d_fsdata to a descriptor that is not freed. */
export function* checkPointers(k: Kern): Generator<string, void, void> {
  const { descriptor, dentry, dentryCache } = k;
  for (let desc = 1; desc < descriptor.cols.rows; desc++) {
    if (!descriptor.isLive(desc)) continue;
    for (const slot of [{ desc, index: -1 }, ...dChildren(k, desc)]) {
      const d = slotDentry(k, slot);
      if (d !== 0 && (!dentryCache.isLive(d) || isDead(k, d)))
        yield `I8: ${k.text(descriptor.cols.name[desc])} points to dentry ${d}, which is dead`;
    }
  }
  for (let d = 1; d < dentry.rows; d++) {
    const desc = dentry.fsdata[d];
    if (desc <= 0 || !dentryCache.isLive(d) || (dentry.flags[d] & (D.KILLED | D.PROC)) !== 0) continue;
    if (descriptor.genOf(desc) !== dentry.fsdataGen[d])
      yield `I9: d_fsdata of dentry ${d} points to a freed descriptor`;
  }
}
