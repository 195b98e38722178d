/** What the model says for a row of the published figures. */
import { ensure } from '../../src/base/assert.ts';
import type { CacheGeometry } from '../../src/kernel/machine.ts';
import { countsOf } from './catalogues.ts';
import type { Figure, Row } from './published-figures.ts';
import { type Cost, costOf, eventsOf, MACHINES, pathsOf } from './published-machines.ts';

/** Caches with SLAB_ACCOUNT and SLAB_RECLAIM_ACCOUNT in which an instance allocates. */
const RECLAIMABLE = ['dentry', 'tracefs_inode_cache', 'inode_cache'];
const POINTER = 8;

export function computed(figure: Figure, row: Row): number {
  const { machine, design } = figure;
  switch (row.kind) {
    case 'cache':
      return asPrinted(costOf(machine, design), row.cache, row.published);
    case 'vectors':
      return vectors(costOf(machine, design));
    case 'total':
      return bytesOfRows(figure, computed) + row.unrelated;
    case 'meminfo': {
      const cost = costOf(machine, design);
      const [slab, reclaimable] = [slabKb(cost, () => true), slabKb(cost, (name) => RECLAIMABLE.includes(name))];
      return {
        Slab: slab + vectorsKb(cost),
        KReclaimable: reclaimable,
        SUnreclaim: slab + vectorsKb(cost) - reclaimable,
        MemFree: slab + vectorsKb(cost) + cost.ringKb,
      }[row.line];
    }
    case 'for 10,000 entries':
      return forTenThousand(figure);
    case 'dentries and inodes': {
      const [mine, other] = [costOf(machine, design), costOf(...row.than)];
      const bytes = (name: string) => (objects(mine, name) - objects(other, name)) * geometryOf(mine, name)[0];
      return bytes('dentry') + bytes(MACHINES[machine].inodeCache);
    }
    case 'paths': {
      const [none, one, two] = pathsOf(machine, design) as [number, number, number];
      return row.instances === 'added' ? one - none : ensure([none, one, two][row.instances], 'a count');
    }
    case 'events':
      return eventsOf(machine);
  }
}

/** Bytes of the rows of slabinfo, with the published numbers of objects or with the computed ones. */
export function bytesOfRows(figure: Figure, value: (figure: Figure, row: Row) => number): number {
  return figure.rows.reduce((sum, row) => {
    if (row.kind !== 'cache' && row.kind !== 'vectors') return sum;
    return sum + value(figure, row) * geometryOf(costOf(figure.machine, figure.design), row.cache)[0];
  }, 0);
}

/**
 * active_objs takes the free places of slabs that are not on a list of partial slabs (the current one of each CPU) for
 * objects, so a cache that grows into new slabs is printed as whole slabs. A published number that is whole slabs is
 * compared with whole slabs, any other with the number of objects.
 */
function asPrinted(cost: Cost, cache: string, published: number): number {
  const [, perSlab] = geometryOf(cost, cache);
  return published % perSlab === 0 ? (cost.caches[cache]?.printed ?? 0) : objects(cost, cache);
}

const objects = (cost: Cost, cache: string): number => cost.caches[cache]?.objects ?? 0;
const geometryOf = ({ geometry }: Cost, cache: string): CacheGeometry => ensure(geometry[cache], cache);

const slabs = (cost: Cost, cache: string): number => (cost.caches[cache]?.printed ?? 0) / geometryOf(cost, cache)[1];

function slabKb(cost: Cost, wanted: (cache: string) => boolean): number {
  const names = Object.keys(cost.caches).filter(wanted);
  return names.reduce((kb, name) => kb + slabs(cost, name) * geometryOf(cost, name)[2] * 4, 0);
}

/**
 * memcg_alloc_slab_cgroups(), mm/memcontrol.c v6.6: a slab of an accounted cache gets a vector with a pointer for each of
 * its places as soon as a task in a memory cgroup allocates there. The model has no memory cgroups.
 */
const vectors = (cost: Cost): number => slabs(cost, 'dentry') + slabs(cost, 'tracefs_inode_cache');

/** On both kernels the vectors of dentries and inodes come from one bucket: 26 or 27 pointers, 21 or 24. */
function vectorsKb(cost: Cost): number {
  const [, perSlab] = geometryOf(cost, 'dentry');
  const [, bucketPlaces, pages] = geometryOf(cost, perSlab * POINTER <= 192 ? 'kmalloc-192' : 'kmalloc-256');
  return Math.ceil(vectors(cost) / bucketPlaces) * pages * 4;
}

function forTenThousand({ machine, design }: Figure): number {
  const cost = costOf(machine, design);
  const { catalogue, cpus } = MACHINES[machine];
  const bytes = Object.keys(cost.caches).reduce(
    (sum, name) => sum + objects(cost, name) * geometryOf(cost, name)[0],
    0,
  );
  const ringDescriptors = (cost.ringKb / 4) * geometryOf(cost, 'kmalloc-64')[0];
  return Math.round(((bytes - ringDescriptors) * 10_000) / countsOf(catalogue, cpus, 32).entries);
}
