/**
 * The tree of one instance as a sequence of cells, one for each of its files and directories on any kernel: a path keeps its
 * cell on every kernel and at every position, whether or not anything is allocated for it. The layout changes only when the
 * kernels or the events do, so it is told only to who does not know it.
 */

import { ensure } from '../../base/assert.ts';
import { textHash } from '../../base/atoms.ts';
import { compareNatural } from '../../base/order.ts';
import { type Step, TICK } from '../../kernel/sched/step.ts';
import { NODE_STATES, type NodeState } from '../protocol.ts';
import { type Branch, entriesByName, isDir, type Layers, rootOf, stateOf, type TreeSource } from '../tree.ts';
import { type Asked, defineQuery } from './define.ts';

export interface FieldRequest {
  /** Index of the kernel. */
  readonly channel: number;
  /** '' = the top instance. */
  readonly instance: string;
  /** {@link Field.layoutId} that is known already, or ''. */
  readonly known: string;
}

/** Directories with the files of each: cell `first` is the first one's own, and each has one cell a column. */
export interface FieldSection {
  /** Path below the instance of the directory above; '' = the instance itself, whose files are one row. */
  readonly path: string;
  readonly first: number;
  /** Names of the rows: events, or the one directory that the section is about. */
  readonly rows: readonly string[];
  /** What stands in each column of a row: '' is the row's directory itself, the others are names of files in it. */
  readonly columns: readonly string[];
}

export interface Field {
  readonly layoutId: string;
  /** Undefined: as known. */
  readonly sections: readonly FieldSection[] | undefined;
  /** Index in NODE_STATES a cell; "absent" where this kernel has no such file. */
  readonly cells: Uint8Array;
}

/** Undefined: there is no such instance. */
export const field = defineQuery({ name: 'field', run: look });

/** Files of an event, a system and of `events` in the order of the picture; others follow by name. */
const ORDER = ['', 'enable', 'filter', 'trigger', 'format', 'id', 'hist', 'hist_debug', 'inject'];

/** The same for all kernels. */
interface Laid {
  readonly layoutId: string;
  readonly sections: readonly FieldSection[];
  /** By kernel. */
  readonly cells: readonly Uint8Array[];
}

function* look(asked: Asked, { channel, instance, known }: FieldRequest): Generator<Step, Field | undefined, void> {
  const laid = yield* asked.ofState.getInSteps(`field ${instance}`, () => layOut(asked, instance));
  if (laid === undefined) return undefined;
  const { layoutId, sections } = laid;
  const cells = ensure(laid.cells[channel], 'a kernel of the lockstep').slice();
  return { layoutId, sections: known === layoutId ? undefined : sections, cells };
}

function* layOut({ channels }: Asked, instance: string): Generator<Step, Laid | undefined, void> {
  const sources = channels.map((c) => c.treeSource);
  const root = rootOf(sources);
  const top = instance === '' ? root : entryOf(sources, entryOf(sources, root, 'instances'), instance);
  if (top === undefined) return undefined;
  const laying = new Laying(sources);
  yield* laying.instance(top);
  return laying.done();
}

function entryOf(sources: readonly TreeSource[], above: Branch | undefined, name: string): Branch | undefined {
  const layers = above === undefined ? undefined : entriesByName(sources, above.layers).get(name);
  return layers === undefined ? undefined : { name, layers, path: '' };
}

class Laying {
  readonly #sources: readonly TreeSource[];
  readonly #sections: FieldSection[] = [];
  readonly #cells: number[][];
  #next = 0;

  constructor(sources: readonly TreeSource[]) {
    this.#sources = sources;
    this.#cells = sources.map(() => []);
  }

  /** Its own files first, and below them directories such as `options`; then `events`, system by system. */
  *instance(top: Branch): Generator<Step, void, void> {
    const { directories } = this.#section('', [this.#read({ ...top, path: '' })]);
    const events = directories.find(({ name }) => name === 'events');
    for (const directory of directories) if (!HAS_ITS_OWN.includes(directory.name)) yield* this.#tree(directory, '');
    if (events === undefined) return;
    for (const system of this.#section('', [this.#read(events)]).directories) {
      const { directories: ofEvents } = this.#section('events', [this.#read(system)]);
      this.#section(
        system.path,
        ofEvents.map((event) => this.#read(event)),
      );
      yield TICK;
    }
  }

  done(): Laid {
    const layoutId = textHash(JSON.stringify(this.#sections)).toString(16);
    return { layoutId, sections: this.#sections, cells: this.#cells.map((cells) => Uint8Array.from(cells)) };
  }

  *#tree(directory: Branch, above: string): Generator<Step, void, void> {
    const { directories } = this.#section(above, [this.#read(directory)]);
    for (const below of directories) yield* this.#tree(below, directory.path);
    yield TICK;
  }

  /** Rows with the same columns: each directory and its files. Answers what lies in the directories. */
  #section(path: string, rows: readonly Read[]): Pick<Read, 'directories'> {
    const names = new Set(rows.flatMap(({ files }) => [...files.keys()]));
    const columns = ['', ...[...names].sort(inColumns)];
    if (rows.length > 0)
      this.#sections.push({ path, first: this.#next, rows: rows.map(({ branch }) => branch.name), columns });
    for (const { branch, files } of rows)
      for (const column of columns) this.#cell(column === '' ? branch.layers : files.get(column));
    return { directories: rows.flatMap(({ directories }) => directories) };
  }

  #cell(layers: Layers | undefined): void {
    for (const [i, source] of this.#sources.entries())
      this.#cells[i]?.push(NODE_STATES.indexOf(stateOf(source, layers?.[i])));
    this.#next++;
  }

  /** What exists. A name that only a dentry remembers comes and goes with it, and would move all others. */
  #read(branch: Branch): Read {
    const directories: Branch[] = [];
    const files = new Map<string, Layers>();
    for (const [name, layers] of entriesByName(this.#sources, branch.layers)) {
      if (layers.every((node, i) => PASSING.includes(stateOf(this.#sources[i] as TreeSource, node)))) continue;
      if (isDir(layers)) directories.push({ name, layers, path: branch.path === '' ? name : `${branch.path}/${name}` });
      else files.set(name, layers);
    }
    return { branch, directories: directories.sort((a, b) => compareNatural(a.name, b.name)), files };
  }
}

/** A directory and what lies in it. */
interface Read {
  readonly branch: Branch;
  readonly directories: readonly Branch[];
  readonly files: ReadonlyMap<string, Layers>;
}

/** Directories of an instance that are told elsewhere: `events` last, other instances by themselves. */
const HAS_ITS_OWN = ['events', 'instances'];
const PASSING: readonly NodeState[] = ['absent', 'removed', 'negative', 'in-lookup'];

function inColumns(a: string, b: string): number {
  const rank = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return rank(a) - rank(b) || compareNatural(a, b);
}
