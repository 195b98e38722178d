/** The slabs of one cache in the order of first use: what lies in each place, or, where many share a cell, their sums. */
import { assert, ensure } from '../../base/assert.ts';
import { dentryState } from '../../kernel/inspect/dentry-state.ts';
import type { Kern } from '../../kernel/kern.ts';
import { FOREIGN, type SlabCache } from '../../kernel/memory/slab.ts';
import { type Step, TICK } from '../../kernel/sched/step.ts';
import { isModelled } from '../../kernel/vfs/dentry.ts';
import { rowOfInode } from '../../kernel/vfs/inode.ts';
import { NODE_STATES, type NodeState } from '../protocol.ts';
import { type Asked, defineQuery } from './define.ts';

/** What lies in a place of a slab, by its code in {@link SlabPlaces}. Dentries and their inodes are in a state of the tree. */
export const PLACES = ['given back', 'free', 'outside tracefs', 'used', ...NODE_STATES] as const;
export type Place = (typeof PLACES)[number];

export interface SlabPagesRequest {
  /** Index of the kernel. */
  readonly channel: number;
  /** As /proc/slabinfo has it. */
  readonly cache: string;
  /** Cells before the first that is asked for, and how many are. */
  readonly first: number;
  readonly count: number;
  /** Slabs that share a cell: 1 asks for every place. */
  readonly slabsPerCell: number;
}

/** Slab n (from 0) has the places n × perSlab …, from `first` × perSlab on. */
export interface SlabPlaces {
  readonly kind: 'places';
  /** Code in {@link PLACES}. */
  readonly places: Uint8Array;
  /** The trace_array a place is accounted to; 0 = none, or nothing lies there. */
  readonly owners: Uint16Array;
  /** Generation of the object, with the place its ObjectRef. */
  readonly generations: Uint16Array;
}

/** A number a cell. */
export interface SlabSums {
  readonly kind: 'sums';
  /** Slabs that are there. */
  readonly slabs: Uint32Array;
  readonly objects: Uint32Array;
  /** Slabs that one object keeps. */
  readonly keptByOne: Uint32Array;
}

/** Over the whole cache, in slabs. */
export interface SlabTally {
  readonly full: number;
  readonly partial: number;
  /** Those of `partial` and `full` that one object keeps. */
  readonly keptByOne: number;
  /** Nothing lies in them, and they were not given back. */
  readonly empty: number;
  readonly givenBack: number;
}

export interface SlabPages {
  readonly perSlab: number;
  /** Bytes of an object, and pages of a slab. */
  readonly size: number;
  readonly pages: number;
  /** Cells that all slabs there ever were need. */
  readonly totalCells: number;
  readonly tally: SlabTally;
  readonly first: number;
  readonly cells: SlabPlaces | SlabSums;
}

/** Undefined: this kernel has no such cache. */
export const slabPages = defineQuery({ name: 'slab-pages', run: look });

/** Slabs between two breaths. */
const SLICE = 4096;

function* look(asked: Asked, request: SlabPagesRequest): Generator<Step, SlabPages | undefined, void> {
  const { first, count, slabsPerCell } = request;
  assert(first >= 0 && count >= 0 && slabsPerCell >= 1, 'a window of cells is asked for');
  const { k } = ensure(asked.channels[request.channel], 'a kernel of the lockstep').kernel;
  const cache = k.caches.find(({ name }) => name === request.cache);
  if (cache === undefined) return undefined;
  const { perSlab, size, pages, lastSlab } = cache;
  const tally = yield* asked.ofState.getInSteps(`slabs ${request.channel} ${cache.name}`, () => tallyOf(cache));
  const totalCells = Math.ceil(lastSlab / slabsPerCell);
  const shown = Math.max(0, Math.min(count, totalCells - first));
  const cells =
    slabsPerCell === 1 ? placesOf(k, cache, first, shown) : yield* sumsOf(cache, first, shown, slabsPerCell);
  return { perSlab, size, pages, totalCells, tally, first, cells };
}

function* tallyOf(cache: SlabCache): Generator<Step, SlabTally, void> {
  const tally = { full: 0, partial: 0, keptByOne: 0, empty: 0, givenBack: 0 };
  for (let slab = 1; slab <= cache.lastSlab; slab++) {
    const objects = cache.inUseOf(slab);
    if (objects === undefined) tally.givenBack++;
    else if (objects === 0) tally.empty++;
    else if (objects === cache.perSlab) tally.full++;
    else tally.partial++;
    if (objects === 1) tally.keptByOne++;
    if (slab % SLICE === 0) yield TICK;
  }
  return tally;
}

function* sumsOf(cache: SlabCache, first: number, count: number, each: number): Generator<Step, SlabSums, void> {
  const slabs = new Uint32Array(count);
  const objects = new Uint32Array(count);
  const keptByOne = new Uint32Array(count);
  const last = Math.min(cache.lastSlab, (first + count) * each);
  for (let slab = first * each + 1; slab <= last; slab++) {
    const cell = Math.floor((slab - 1) / each) - first;
    const inUse = cache.inUseOf(slab);
    if (inUse !== undefined) {
      slabs[cell]++;
      objects[cell] += inUse;
      if (inUse === 1) keptByOne[cell]++;
    }
    if (slab % SLICE === 0) yield TICK;
  }
  return { kind: 'sums', slabs, objects, keptByOne };
}

function placesOf(k: Kern, cache: SlabCache, first: number, count: number): SlabPlaces {
  const { perSlab } = cache;
  const places = new Uint8Array(count * perSlab);
  const owners = new Uint16Array(count * perSlab);
  const generations = new Uint16Array(count * perSlab);
  for (let slab = 0; slab < count; slab++) {
    if (cache.inUseOf(first + slab + 1) === undefined) continue;
    for (let place = slab * perSlab; place < (slab + 1) * perSlab; place++) {
      const object = first * perSlab + place + 1;
      const isUsed = cache.isLive(object);
      const owner = isUsed ? cache.ownerOf(object) : 0;
      places[place] = PLACES.indexOf(isUsed ? placeOf(k, cache, object, owner) : 'free');
      owners[place] = owner === FOREIGN ? 0 : owner;
      generations[place] = cache.genOf(object);
    }
  }
  return { kind: 'places', places, owners, generations };
}

function placeOf(k: Kern, cache: SlabCache, object: number, owner: number): Place {
  if (owner === FOREIGN) return 'outside tracefs';
  if (cache === k.dentryCache) return stateOf(k, object);
  if (cache === k.inodeCache) return stateOf(k, k.inode.dentry[rowOfInode(object)]);
  return 'used';
}

const stateOf = (k: Kern, d: number): NodeState | 'used' => (d !== 0 && isModelled(k, d) ? dentryState(k, d) : 'used');
