/** Objects by name, and whether what a name means is still there. The generation is that of the slab cache. */
import type { LocalRef } from '../../base/object-ref.ts';
import { D } from '../flags.ts';
import type { Kern } from '../kern.ts';
import type { SlabCache } from '../memory/slab.ts';
import { inodeObject } from './inode.ts';

const inCache = (cache: SlabCache, object: number): LocalRef => ({
  cache: cache.name,
  index: object,
  generation: cache.genOf(object),
});

export const dentryRef = (k: Kern, d: number): LocalRef => inCache(k.dentryCache, d);
export const fileRef = (k: Kern, file: number): LocalRef => inCache(k.filpCache, file);
/** An inode of tracefs. That of the root, which lies in another cache, is object 0. */
export const inodeRef = (k: Kern, inode: number): LocalRef => inCache(k.inodeCache, inodeObject(inode));
/** A trace_event_file, which has a cache of its own. */
export const eventFileRef = (k: Kern, tef: number): LocalRef => inCache(k.tefCache, tef);
/** What a kmalloc pointer points to. */
export const pointerRef = (k: Kern, ptr: number): LocalRef => inCache(k.cacheOf(ptr), k.objectOf(ptr));
/** A task by its id, which no other ever gets. */
export const taskRef = (id: number): LocalRef => ({ cache: 'task', index: id, generation: 0 });
/** A mutex by its place in Kern.mutexes: they are there for ever. */
export const mutexRef = (index: number): LocalRef => ({ cache: 'mutex', index, generation: 0 });

export const cacheNamed = (k: Kern, name: string): SlabCache | undefined => k.caches.find((c) => c.name === name);

/** What became of an object. `not made`: in the state that is looked at it is still to come. */
export type Fate = 'there' | 'freed' | 'not made';

export function fateOf(k: Kern, { cache: name, index, generation }: LocalRef): Fate {
  if (name === 'task') return k.tasks.get(index) === undefined ? 'freed' : 'there';
  if (name === 'mutex') return k.mutexes[index] === undefined ? 'not made' : 'there';
  const cache = cacheNamed(k, name);
  if (cache === undefined || index >= cache.rows) return 'not made';
  const now = cache.genOf(index);
  if (now !== generation) return now < generation ? 'not made' : 'freed';
  // Its memory goes back a grace period later.
  return cache === k.dentryCache && k.dentry.flags[index] & D.KILLED ? 'freed' : 'there';
}

/** Memory of a descriptor. */
export const descriptorRef = (k: Kern, descriptor: number): LocalRef => pointerRef(k, k.design.memoryOf(k, descriptor));
