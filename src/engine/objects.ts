/**
 * Behind a figure: the objects a command made or freed, grouped by directory and by modelled function. Found by running
 * the command once more from the state before it, with the event stream on.
 */
import { ensure } from '../base/assert.ts';
import { D } from '../kernel/flags.ts';
import type { EventSink, Kern } from '../kernel/kern.ts';
import { FOREIGN } from '../kernel/memory/slab.ts';
import type { Step } from '../kernel/sched/step.ts';
import { pathOf } from '../kernel/vfs/d-path.ts';
import { actingFunction } from '../kernel/vfs/dentry.ts';
import type { Channel, Totals } from './channel.ts';
import type { Measure, ObjectGroup } from './protocol.ts';
import { sourceOf } from './sources.ts';

/** Counts per group, in the order of their first object. */
class Groups {
  readonly #groups = new Map<
    string,
    { group: Omit<ObjectGroup, 'count' | 'bytes'>; count: number; bytes: number; path: string }
  >();
  readonly #tag: string;

  constructor(gitTag: string) {
    this.#tag = gitTag;
  }

  add(sign: 1 | -1, kind: string, path: string, fn: string, bytes: number): void {
    const slash = path.lastIndexOf('/');
    const directory = slash < 0 ? '' : path.slice(0, slash);
    const key = `${sign} ${kind} ${fn} ${directory}`;
    const known = this.#groups.get(key);
    if (known === undefined) {
      const group = { sign, kind, path, fn, ...sourceOf(fn, this.#tag) };
      this.#groups.set(key, { group, count: 1, bytes, path: directory });
    } else {
      known.count++;
      known.bytes += bytes;
    }
  }

  /** One object is named by its path, several by their directory. */
  list(): ObjectGroup[] {
    return [...this.#groups.values()].map(({ group, count, bytes, path }) => ({
      ...group,
      path: count === 1 ? group.path : `${path === '' ? '.' : path}/*`,
      count,
      bytes,
    }));
  }
}

/** What the current objects of a kernel are, for a figure that is not a change. */
export function objectsNow({ kernel }: Channel, measure: Measure): ObjectGroup[] {
  const { k } = kernel;
  if (measure === 'slab') return slabsNow(k);
  const groups = new Groups(k.vintage.gitTag);
  let foreign = 0;
  for (let d = 1; d < k.dentry.rows; d++) {
    if (!k.dentryCache.isLive(d) || k.dentry.flags[d] & D.KILLED) continue;
    if (k.dentryCache.ownerOf(d) === FOREIGN) {
      foreign++;
      continue;
    }
    if (!countsIn(k, d, measure)) continue;
    groups.add(1, kindOf(measure), pathOf(k, d).path, k.arena.labels.text(k.dentry.madeBy[d]), sizeOf(k, measure));
  }
  const list = groups.list();
  const shown = list.reduce((sum, g) => sum + g.count, 0);
  const rest = totalOf(k, measure) - shown;
  if (rest > 0 || foreign > 0) list.push(outside(kindOf(measure), rest, sizeOf(k, measure)));
  return list.filter((g) => g.count !== 0);
}

const kindOf = (measure: Measure): string => (measure === 'inodes' ? 'inode' : 'dentry');
const sizeOf = (k: Kern, measure: Measure): number => (measure === 'inodes' ? k.inodeCache.size : k.dentryCache.size);

function totalOf(k: Kern, measure: Measure): number {
  const { nrDentry, nrInodes, nrUnused, nrNegative } = k.counters;
  if (measure === 'inodes') return nrInodes;
  if (measure === 'unused') return nrUnused;
  return measure === 'negative' ? nrNegative : nrDentry;
}

/** Whether a dentry is one of those the figure counts. */
function countsIn(k: Kern, d: number, measure: Measure): boolean {
  if (measure === 'inodes') return k.dentry.inode[d] !== 0;
  const onLru = (k.dentry.flags[d] & (D.LRU | D.SHRINK)) !== 0;
  if (measure === 'unused') return onLru;
  return measure === 'negative' ? onLru && k.dentry.inode[d] === 0 : true;
}

const outside = (kind: string, count: number, size: number): ObjectGroup => ({
  sign: 1,
  kind,
  path: 'outside tracefs',
  fn: 'recorded at boot',
  source: '',
  url: '',
  count,
  bytes: count * size,
});

function slabsNow(k: Kern): ObjectGroup[] {
  return k.caches
    .filter((c) => c.num > 0)
    .map((c) => slabGroup(1, c.name, c.num / c.perSlab, c.bytes))
    .sort((a, b) => b.bytes - a.bytes);
}

const slabGroup = (sign: 1 | -1, cache: string, slabs: number, bytes: number): ObjectGroup => ({
  sign,
  kind: 'slab',
  path: cache,
  fn: sign > 0 ? 'new_slab' : 'discard_slab',
  source: 'mm/slub.c',
  url: '',
  count: slabs,
  bytes,
});

/** The change of slab memory by one command, cache by cache. */
export function slabChange({ kernel }: Channel, before: Totals, after: Totals): ObjectGroup[] {
  return Object.entries(after.slabs).flatMap(([name, [, num]]) => {
    const [, perSlab, pages] = ensure(kernel.machine.geometry[name], name);
    const slabs = (num - (before.slabs[name]?.[1] ?? 0)) / perSlab;
    if (slabs === 0) return [];
    return [slabGroup(slabs > 0 ? 1 : -1, name, Math.abs(slabs), Math.abs(slabs) * pages * 4096)];
  });
}

/** Runs `steps` with the event stream on and groups what it changed. The caller restores the state. */
export function* watch<T>(
  { kernel }: Channel,
  measure: Measure,
  steps: Generator<Step, T, void>,
): Generator<Step, ObjectGroup[], void> {
  const { k } = kernel;
  const groups = new Groups(k.vintage.gitTag);
  k.sink = sinkFor(k, measure, groups);
  try {
    yield* steps;
  } finally {
    k.sink = undefined;
  }
  return groups.list();
}

function sinkFor(k: Kern, measure: Measure, groups: Groups): EventSink {
  const kind = kindOf(measure);
  const add = (sign: 1 | -1, d: number) =>
    groups.add(sign, kind, pathOf(k, d).path, actingFunction(k), sizeOf(k, measure));
  if (measure === 'dentries')
    return (op, what, d) => {
      if (what === 'dentry' && (op === 'alloc' || op === 'kill')) add(op === 'alloc' ? 1 : -1, d);
    };
  if (measure === 'inodes')
    return (op, what, object) => {
      if (op === 'instantiate') add(1, object);
      else if (op === 'free' && what === 'inode') add(-1, object);
    };
  return (op, what, d) => {
    if (what === 'dentry' && (op === 'lru_add' || op === 'lru_del')) add(op === 'lru_add' ? 1 : -1, d);
  };
}
