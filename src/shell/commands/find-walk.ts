/**
 * The walk of `find`, call for call as gnulib's fts does it for findutils 4.9.0 (FTS_PHYSICAL, FTS_CWDFD, FTS_NOSTAT,
 * FTS_TIGHT_CYCLE_CHECK; strace): "." is held open throughout; every directory is lstat'ed, opened relative to its parent,
 * lstat'ed again while open, read to the end, and stays open while it is walked; files are known by their d_type. Of the
 * parents only the last four are kept open (I_RING_SIZE); one that was let go is opened again as "..".
 */
import type { Errno } from '../../kernel/errno.ts';
import { type Step, TICK } from '../../kernel/sched/step.ts';
import { type FileType, O } from '../../kernel/syscalls.ts';
import type { Calls } from '../io/noted-calls.ts';
import { join } from './paths.ts';

export interface FoundEntry {
  readonly path: string;
  readonly name: string;
  readonly type: FileType;
  readonly depth: number;
}

export interface FindVisitor {
  /** Called for every entry, a directory before what is in it. */
  visit(entry: FoundEntry): Generator<Step, void>;
  failed(path: string, errno: Errno): Generator<Step, void>;
  /** A directory has the inode number of one that it lies in: it is not entered. */
  loops(path: string, ancestor: string): Generator<Step, void>;
  readonly maxDepth: number;
}

interface Ancestor {
  readonly path: string;
  readonly ino: number;
}

/** Descriptor of the place where the walk started: the process's own directory. */
const START = -1;
const RING_SIZE = 4;

export class FtsWalk {
  #here = START;
  #ring: number[] = [];

  readonly #calls: Calls;
  readonly #visitor: FindVisitor;

  constructor(calls: Calls, visitor: FindVisitor) {
    this.#calls = calls;
    this.#visitor = visitor;
  }

  *run(path: string): Generator<Step, void> {
    const stat = yield* this.#calls.lstat(path);
    if (!stat.ok) return yield* this.#visitor.failed(path, stat.errno);
    const name = /[^/]+(?=\/*$)/.exec(path)?.[0] ?? path;
    yield* this.#entry({ path, name, type: stat.value.type, depth: 0 }, stat.value.ino, []);
    for (const fd of [this.#here, ...this.#ring]) if (fd !== START) yield* this.#calls.close(fd);
    this.#here = START;
    this.#ring = [];
  }

  /** `above`: the directories on the way, the nearest last. fts compares device and inode number (enter_dir()). */
  *#entry(entry: FoundEntry, ino: number, above: readonly Ancestor[]): Generator<Step, void> {
    const same = entry.type === 'dir' ? above.findLast((ancestor) => ancestor.ino === ino) : undefined;
    if (same !== undefined) return yield* this.#visitor.loops(entry.path, same.path);
    yield* this.#visitor.visit(entry);
    if (entry.type !== 'dir' || entry.depth >= this.#visitor.maxDepth) return;
    const { path, depth } = entry;
    const fd = yield* this.#openHere(path, entry.name);
    if (!fd.ok) return yield* this.#visitor.failed(path, fd.errno);
    yield* this.#calls.lstat(path);
    yield* this.#down(fd.value);
    const entries = yield* this.#calls.readWholeDirectory(fd.value);
    if (!entries.ok) yield* this.#visitor.failed(path, entries.errno);
    const children = entries.ok ? entries.value.filter(({ name }) => name !== '.' && name !== '..') : [];
    for (const { name, type } of children) {
      yield TICK;
      const child: FoundEntry = { path: join(path, name), name, type, depth: depth + 1 };
      const stat = type === 'dir' ? yield* this.#calls.lstat(child.path) : undefined;
      if (stat?.ok === false) yield* this.#visitor.failed(child.path, stat.errno);
      else yield* this.#entry(child, stat?.value.ino ?? 0, [...above, { path, ino }]);
    }
    if (depth > 0) yield* this.#up();
  }

  #openHere(path: string, name: string): ReturnType<Calls['open']> {
    return this.#here === START
      ? this.#calls.open(path, O.DIRECTORY)
      : this.#calls.openat(this.#here, name, O.DIRECTORY);
  }

  /** cwd_advance_fd() downwards. */
  *#down(fd: number): Generator<Step, void> {
    this.#ring.push(this.#here);
    this.#here = fd;
    const displaced = this.#ring.length > RING_SIZE ? this.#ring.shift() : undefined;
    if (displaced !== undefined && displaced !== START) yield* this.#calls.close(displaced);
  }

  /** fts_safe_changedir("..") */
  *#up(): Generator<Step, void> {
    const left = this.#here;
    const kept = this.#ring.pop();
    const parent =
      kept === undefined || kept === START ? yield* this.#calls.openat(left, '..', O.DIRECTORY) : undefined;
    this.#here = kept ?? START;
    if (parent?.ok === true) this.#here = parent.value;
    if (left !== START) yield* this.#calls.close(left);
  }
}

/** The bare userland's walk: as `ls -R`, with no directory open while another one is read. */
export function* bareWalk(calls: Calls, visitor: FindVisitor, path: string): Generator<Step, void> {
  const stat = yield* calls.lstat(path);
  if (!stat.ok) return yield* visitor.failed(path, stat.errno);
  yield* bareEntry(calls, visitor, { path, name: path, type: stat.value.type, depth: 0 });
}

function* bareEntry(calls: Calls, visitor: FindVisitor, entry: FoundEntry): Generator<Step, void> {
  yield* visitor.visit(entry);
  if (entry.type !== 'dir' || entry.depth >= visitor.maxDepth) return;
  const fd = yield* calls.open(entry.path, O.DIRECTORY);
  if (!fd.ok) return yield* visitor.failed(entry.path, fd.errno);
  const entries = yield* calls.readWholeDirectory(fd.value);
  yield* calls.close(fd.value);
  if (!entries.ok) return yield* visitor.failed(entry.path, entries.errno);
  for (const { name, type } of entries.value) {
    if (name === '.' || name === '..') continue;
    yield TICK;
    yield* bareEntry(calls, visitor, { path: join(entry.path, name), name, type, depth: entry.depth + 1 });
  }
}
