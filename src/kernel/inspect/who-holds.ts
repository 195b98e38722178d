/**
 * Who holds one object: the references that its count counts, each with the object that has it and the command that took it. A
 * dentry, a descriptor, an open file, an inode, a trace_event_file; of other objects the model does not say.
 */
import type { LocalRef } from '../../base/object-ref.ts';
import type { Kern } from '../kern.ts';
import { eachReference, type HolderKind } from '../vfs/holders.ts';
import { inodeObject, rowOfInode } from '../vfs/inode.ts';
import { dentryRef, descriptorRef, fateOf, fileRef, taskRef } from '../vfs/refs.ts';
import { heldEventFile, keeperOf } from './held-event-file.ts';
import type { Held, Holding } from './holding.ts';

/** Undefined: there is no such object, or none that anybody holds. */
export function whoHolds(k: Kern, ref: LocalRef): Holding | undefined {
  if (fateOf(k, ref) !== 'there') return undefined;
  const { cache, index } = ref;
  if (cache === 'dentry') return { count: k.dentry.count[index], holders: heldDentry(k, index) };
  if (cache === k.filpCache.name) return { count: k.file.count[index], holders: heldFile(k, index) };
  if (cache === k.inodeCache.name) return { count: undefined, holders: heldInode(k, index) };
  if (cache === k.tefCache.name) return heldEventFile(k, index);
  return heldDescriptor(k, ref);
}

const holderOf = (k: Kern, kind: HolderKind, row: number): Held => {
  if (kind === 'creation' || kind === 'child') return { kind, by: dentryRef(k, row), row, since: k.dentry.since[row] };
  if (kind === 'cwd') return { kind, by: taskRef(row), row, since: k.tasks.get(row)?.cwdSince ?? 0 };
  return { kind, by: fileRef(k, row), row, since: k.file.since[row] };
};

/** What creation left first, then who uses it, children last: there may be thousands. */
function heldDentry(k: Kern, dentry: number): readonly Held[] {
  const holders: Held[] = [];
  const children: Held[] = [];
  eachReference(k, (d, kind, row) => {
    if (d === dentry) (kind === 'child' ? children : holders).push(holderOf(k, kind, row));
  });
  return [...holders, ...children];
}

function heldFile(k: Kern, file: number): readonly Held[] {
  const since = k.file.since[file];
  return k.tasks
    .values()
    .flatMap(({ id, fds }) =>
      fds.values().flatMap((f) => (f === file ? [{ kind: 'fd' as const, by: taskRef(id), row: id, since }] : [])),
    );
}

function heldInode(k: Kern, object: number): readonly Held[] {
  const d = k.inode.dentry[rowOfInode(object)];
  return d === 0 ? [] : [{ kind: 'instantiate', by: dentryRef(k, d), row: d, since: k.dentry.since[d] }];
}

function heldDescriptor(k: Kern, ref: LocalRef): Holding | undefined {
  const { descriptorRefs } = k.design;
  if (descriptorRefs === undefined) return undefined;
  const holders: Held[] = [];
  let count: number | undefined;
  const names = new Map<number, boolean>();
  const isIt = (descriptor: number): boolean => {
    const known = names.get(descriptor);
    if (known !== undefined) return known;
    const own = descriptorRef(k, descriptor);
    const is = own.index === ref.index && own.cache === ref.cache;
    names.set(descriptor, is);
    return is;
  };
  descriptorRefs.each(k, (descriptor, kind, row) => {
    if (!isIt(descriptor)) return;
    count = descriptorRefs.count(k, descriptor);
    const since = kind === 'creation' ? k.design.madeAt(k, descriptor) : k.dentry.since[row];
    holders.push({ kind, by: kind === 'creation' ? ref : dentryRef(k, row), row, since });
  });
  return holders.length === 0 ? undefined : { count, holders };
}

/** Whether a reference is held in the state of now: the same as when it was found, without a walk over all. */
export function isHeldBy(k: Kern, object: LocalRef, { kind, by, row }: Held): boolean {
  if (fateOf(k, object) !== 'there' || fateOf(k, by) !== 'there') return false;
  const { index } = object;
  switch (kind) {
    case 'creation':
      if (object.cache === k.tefCache.name) return k.tef.freed[index] === 0;
      return object.cache !== 'dentry' || k.dentry.pins[index] > 0;
    case 'child':
      return k.dentry.parent[row] === index;
    case 'file':
      return (object.cache === k.tefCache.name ? k.file.tef : k.file.dentry)[row] === index;
    case 'cursor':
      return k.file.cursor[row] === index;
    case 'opened':
      return k.design.heldByOpen(k, row).includes(index);
    case 'cwd':
      return k.tasks.get(row)?.cwd === index;
    case 'fd':
      return (
        k.tasks
          .get(row)
          ?.fds.values()
          .some((file) => file === index) === true
      );
    case 'instantiate':
      return k.dentry.inode[row] !== 0 && inodeObject(k.dentry.inode[row]) === index;
    case 'd_fsdata':
      return holdersInclude(k, object, row);
    case 'descriptor':
      return keeperOf(k, index) === row;
  }
}

const holdersInclude = (k: Kern, object: LocalRef, dentry: number): boolean =>
  heldDescriptor(k, object)?.holders.some(({ kind, row }) => kind === 'd_fsdata' && row === dentry) === true;
