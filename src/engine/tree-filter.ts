/**
 * What a filter finds in the whole tree, however large: a thousand native instances are ten million nodes. They are gone
 * through once, in steps, and kept as one number a directory, from which any window of rows is found without another walk.
 */
import { ensure } from '../base/assert.ts';
import { type Step, TICK } from '../kernel/sched/step.ts';
import type { NodeState, TreeRequest } from './protocol.ts';
import {
  type Branch,
  childrenOf,
  entriesByName,
  type Flat,
  isDir,
  type Layers,
  rootOf,
  stateOf,
  type TreeSource,
} from './tree.ts';

/** Kernels that a key of a directory tells apart. */
const MAX_KERNELS = 4;

export type Filter = Pick<TreeRequest, 'nameFilter' | 'stateFilter'>;

/** Whether the person filters for anything. */
export const isFilter = ({ nameFilter, stateFilter }: Filter): boolean => nameFilter !== '' || stateFilter.length > 0;

export class TreeFilter {
  /** Nodes gone through so far. */
  visited = 0;
  /** Nodes that are what was asked for. */
  hits = 0;
  /** Rows: hits, and the directories above them. */
  rows = 0;
  readonly #sources: readonly TreeSource[];
  readonly #part: string;
  readonly #states: ReadonlySet<NodeState>;
  /** Names met before, and whether they fit: a thousand instances have the same names. */
  readonly #names = new Map<string, boolean>();
  /** Directories that are rows → rows below them. */
  readonly #rowsBelow = new Map<number, number>();
  readonly #walk: Generator<Step, void, void>;

  /** `sources` are at rest, and stay as they are while this is used. */
  constructor(sources: readonly TreeSource[], { nameFilter, stateFilter }: Filter) {
    this.#sources = sources;
    this.#part = nameFilter.toLowerCase();
    this.#states = new Set(stateFilter);
    this.#walk = this.#wholeTree();
  }

  /** Goes through the tree. Given up on the way, it is taken up there by the next call; when all is known it does nothing. */
  *find(): Generator<Step, void, void> {
    for (let next = this.#walk.next(); next.done !== true; next = this.#walk.next()) yield next.value;
  }

  /** The rows from `first` on, once the tree has been gone through. */
  window(first: number, count: number): readonly Flat[] {
    const found: Flat[] = [];
    let index = 0;
    const addBelow = (parent: Branch, depth: number): void => {
      const children = childrenOf(this.#sources, parent).filter((child) => this.#isRow(child));
      for (const [i, child] of children.entries()) {
        if (index >= first + count) return;
        const expanded = isDir(child.layers);
        if (index >= first) found.push({ ...child, depth, setSize: children.length, posInSet: i + 1, expanded });
        index++;
        const below = expanded ? (this.#rowsBelow.get(keyOf(child.layers)) ?? 0) : 0;
        if (index + below <= first) index += below;
        else if (below > 0) addBelow(child, depth + 1);
      }
    };
    addBelow(rootOf(this.#sources), 0);
    return found;
  }

  *#wholeTree(): Generator<Step, void, void> {
    this.rows = yield* this.#rowsIn(rootOf(this.#sources).layers);
  }

  *#rowsIn(directory: Layers): Generator<Step, number, void> {
    let rows = 0;
    for (const [name, layers] of entriesByName(this.#sources, directory)) {
      this.visited++;
      const isHit = this.#isHit(name, layers);
      if (isHit) this.hits++;
      const isDirectory = isDir(layers);
      const below = isDirectory ? yield* this.#rowsIn(layers) : 0;
      if (!isHit && below === 0) continue;
      rows += 1 + below;
      if (isDirectory) this.#rowsBelow.set(keyOf(layers), below);
    }
    yield TICK;
    return rows;
  }

  #isRow({ name, layers }: Branch): boolean {
    return isDir(layers) ? this.#rowsBelow.has(keyOf(layers)) : this.#isHit(name, layers);
  }

  #isHit(name: string, layers: Layers): boolean {
    if (!this.#hasPart(name)) return false;
    if (this.#states.size === 0) return true;
    return this.#sources.some((source, i) => this.#states.has(stateOf(source, layers[i])));
  }

  #hasPart(name: string): boolean {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const fits = name.toLowerCase().includes(this.#part);
    this.#names.set(name, fits);
    return fits;
  }
}

/** A number that no other directory of the tree has: what stands for it on the first kernel that has it. */
function keyOf(layers: Layers): number {
  const kernel = layers.findIndex((node) => node !== undefined);
  const { dentry, descriptor } = ensure(layers[kernel], 'a directory exists on some kernel');
  return ((dentry === 0 ? descriptor : dentry) * 2 + (dentry === 0 ? 0 : 1)) * MAX_KERNELS + kernel;
}
