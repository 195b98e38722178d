/**
 * Pointers to descriptors that own no reference, the root of many bugs: d_fsdata and ti->private. Each is stored with the
 * generation of what it points to, so that using one whose target was freed is noticed where it happens.
 */
import type { Breaches } from '../../breach.ts';
import { D } from '../../flags.ts';
import type { Design, Kern } from '../../kern.ts';
import { KernelBug, notice } from '../../oops.ts';
import { ofDentry } from '../../vfs/invariants.ts';
import { dentries, descriptors, inodes } from './descriptor-tables.ts';
import { memoryOf } from './descriptors.ts';

/** dentry->d_fsdata = descriptor. */
export function setFsdata(k: Kern, d: number, desc: number): void {
  dentries(k).edit(d).fsdata[d] = desc;
  dentries(k).edit(d).fsdataGen[d] = desc === 0 ? 0 : descriptors(k).genOf(desc);
}

/** dentry->d_fsdata, about to be dereferenced; 0 = NULL. */
export const fsdataOf = (k: Kern, d: number): number =>
  dereference(k, dentries(k).fsdata[d], dentries(k).fsdataGen[d], 'd_fsdata', memoryOf);

/** ti->private = descriptor. */
export function setPrivate(k: Kern, inode: number, desc: number): void {
  inodes(k).edit(inode).descriptor[inode] = desc;
  inodes(k).edit(inode).descriptorGen[inode] = desc === 0 ? 0 : descriptors(k).genOf(desc);
}

/** ti->private of a new inode is NULL. */
export const CLEARED: Pick<Design, 'clearInode'> = { clearInode: (k, inode) => setPrivate(k, inode, 0) };

/** kmalloc pointer of the structure that a descriptor stands for. */
type MemoryOf = (k: Kern, desc: number) => number;

/**
 * ti->private of a directory, about to be dereferenced; 0 = NULL. `memory`: where the structure it points to lies, if that is not
 * the descriptor itself.
 */
export const privateOf = (k: Kern, inode: number, memory: MemoryOf = memoryOf): number =>
  dereference(k, inodes(k).descriptor[inode], inodes(k).descriptorGen[inode], 'ti->private', memory);

/** A descriptor found in a list, about to be dereferenced after others could run: `gen` is what it was before. */
export const stillThere = (k: Kern, desc: number, gen: number): number =>
  dereference(k, desc, gen, 'list element', memoryOf);

/**
 * Using freed memory that nobody has got since reads what it held, and only a debugging kernel would notice; memory that
 * is somebody else's by now is garbage, and the task does not survive it.
 */
function dereference(k: Kern, desc: number, gen: number, pointer: string, memory: MemoryOf): number {
  const now = desc === 0 ? gen : descriptors(k).genOf(desc);
  if (now === gen) return desc;
  const { stack } = k.current;
  const text = `BUG: KASAN: slab-use-after-free in ${stack[stack.length - 1] ?? 'unknown'}`;
  const objects = [`${pointer}: descriptor ${desc}, once ${k.text(descriptors(k).cols.name[desc])}`];
  const ptr = memory(k, desc);
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

/** I9: d_fsdata of a dentry that is not killed points to a descriptor that is not freed. */
export function* checkFsdata(k: Kern): Breaches {
  const { fsdata, fsdataGen, flags, rows } = dentries(k);
  for (let d = 1; d < rows; d++) {
    const desc = fsdata[d];
    if (desc <= 0 || !k.dentryCache.isLive(d) || (flags[d] & (D.KILLED | D.PROC)) !== 0) continue;
    if (descriptors(k).genOf(desc) !== fsdataGen[d])
      yield ofDentry(k, 'I9', d, (name) => `d_fsdata of ${name} points to a freed descriptor`);
  }
}
