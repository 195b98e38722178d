/**
 * Watches a run step by step and remembers each invariant that was broken, with the first sentence that says so. What only
 * holds when all tasks rest is asked by {@link Audit.atRest}; I15 is watched at the system call, since it is about what a
 * reader was told and not about the state.
 */

import { sentenceOf } from '../../src/kernel/breach.ts';
import { checkPrivateAtRest } from '../../src/kernel/designs/common/descriptor-invariants.ts';
import { descriptors } from '../../src/kernel/designs/common/descriptor-tables.ts';
import { childrenOf } from '../../src/kernel/inspect/dentry-state.ts';
import type { Kern } from '../../src/kernel/kern.ts';
import type { Kernel } from '../../src/kernel/kernel.ts';
import { holds, LOCK } from '../../src/kernel/sched/held.ts';
import type { Moved, Observer } from '../../src/kernel/sched/observer.ts';
import type { Dirent } from '../../src/kernel/syscalls.ts';
import { simplePositive } from '../../src/kernel/vfs/dentry.ts';
import { checkMountPins, checkSteps } from '../../src/kernel/vfs/invariants.ts';

export type Breaches = ReadonlyMap<string, readonly string[]>;

/** Who else wants to see every step. */
interface StepWatcher {
  readonly before: () => void;
  readonly after: (step: Moved) => void;
}

export class Audit implements Observer {
  readonly #kernel: Kernel;
  readonly #each: StepWatcher;
  readonly #breaches = new Map<string, string[]>();
  /** Open directory → what its reader was told since the beginning, and what existed throughout. */
  readonly #listings = new Map<number, Listing>();

  constructor(kernel: Kernel, each: StepWatcher) {
    this.#kernel = kernel;
    this.#each = each;
    this.#watchListings();
  }

  get breaches(): Breaches {
    return this.#breaches;
  }

  before(): void {
    this.#each.before();
  }

  after(step: Moved): boolean {
    for (const breach of checkSteps(this.#kernel.k)) this.#note(sentenceOf(breach));
    this.#underMutex(step);
    for (const listing of this.#listings.values()) listing.narrow(this.#kernel.k);
    this.#each.after(step);
    return false;
  }

  /** All tasks rest: the invariants that need that. */
  atRest(): void {
    for (const breach of this.#kernel.checkInvariants()) this.#note(sentenceOf(breach));
    const { k } = this.#kernel;
    for (const breach of [...checkPrivateAtRest(k), ...checkMountPins(k)]) this.#note(sentenceOf(breach));
  }

  #note(breach: string): void {
    const id = breach.slice(0, breach.indexOf(':'));
    const known = this.#breaches.get(id) ?? [];
    if (!known.includes(breach)) this.#breaches.set(id, [...known, breach]);
  }

  /** I16: fs_reclaim_acquire(), the point where an allocation may enter reclaim, with a lock that d_iput wants: where descriptors point to dentries it takes eventfs_mutex. */
  #underMutex({ fn, task }: Moved): void {
    const { current, eventfsMutex, design } = this.#kernel.k;
    if (fn === 'fs_reclaim_acquire' && design.dentryOf !== undefined && holds(current, LOCK.MUTEX, eventfsMutex.index))
      this.#note(`I16: ${task} may reclaim dentries while it holds eventfs_mutex, in ${current.stack.at(-1) ?? '?'}`);
  }

  /** I4, I11 and I14 break where the kernel itself notices. */
  fromOopses(): void {
    for (const { kind, stack, text, objects } of this.#kernel.oopses) {
      if (kind === 'BUG' && stack[0] === 'd_instantiate')
        this.#note(`I4: a dentry was to be instantiated twice: ${text}`);
      if (objects.some((o) => /list element|^ei->name/.test(o)))
        this.#note(`I11: a reader followed what was no longer an element of its list: ${text}: ${objects.join()}`);
      if (kind === 'use after free' && objects.some((o) => o.includes('trace_event_file')))
        this.#note(`I14: ${text}: ${objects.join()}`);
    }
  }

  #watchListings(): void {
    const { sys, k } = this.#kernel;
    const { getdents } = sys;
    const listings = this.#listings;
    const note = (breach: string) => this.#note(breach);
    Object.assign(sys, {
      *getdents(...args: Parameters<typeof getdents>): ReturnType<typeof getdents> {
        const [task, fd] = args;
        const file = task.fds.get(fd);
        const dir = file === undefined ? 0 : k.file.dentry[file];
        if (file === undefined || dir === 0) return yield* getdents(...args);
        if (k.file.pos[file] === 0) listings.set(file, new Listing(k, dir));
        const result = yield* getdents(...args);
        const listing = listings.get(file);
        listing?.narrow(k);
        if (result.ok && result.value.length > 0) listing?.told(result.value);
        if (result.ok && result.value.length === 0) for (const breach of listing?.end(k) ?? []) note(breach);
        if (!result.ok || result.value.length === 0) listings.delete(file);
        return result;
      },
    });
  }
}

/** One reading of a directory from its start. */
class Listing {
  readonly #dir: number;
  readonly #gen: number;
  #throughout: ReadonlySet<string>;
  readonly #told: string[] = [];

  constructor(k: Kern, dir: number) {
    this.#dir = dir;
    this.#gen = k.dentryCache.genOf(dir);
    this.#throughout = namesIn(k, dir);
  }

  /** What is gone by now did not exist throughout. */
  narrow(k: Kern): void {
    if (k.dentryCache.genOf(this.#dir) !== this.#gen) {
      this.#throughout = new Set();
      return;
    }
    const now = namesIn(k, this.#dir);
    if ([...this.#throughout].some((name) => !now.has(name)))
      this.#throughout = new Set([...this.#throughout].filter((name) => now.has(name)));
  }

  told(entries: readonly Dirent[]): void {
    this.#told.push(...entries.map((e) => e.name).filter((name) => name !== '.' && name !== '..'));
  }

  *end(k: Kern): Generator<string, void, void> {
    const dir = k.text(k.dentry.name[this.#dir]);
    for (const name of new Set(this.#told))
      if (this.#told.filter((n) => n === name).length > 1) yield `I15: ${dir}/${name} was listed more than once`;
    for (const name of this.#throughout)
      if (!this.#told.includes(name)) yield `I15: ${dir}/${name} was there throughout and never listed`;
  }
}

/** The entries of a directory: of its descriptor, or its positive children where it is native. */
function namesIn(k: Kern, dir: number): ReadonlySet<string> {
  const desc = k.design.descriptorOf(k, dir);
  if (desc !== 0)
    return new Set(descriptors(k).cols.freed[desc] === 1 ? [] : k.design.list(k, desc).map((e) => k.text(e.name)));
  return new Set([...childrenOf(k, dir)].filter((d) => simplePositive(k, d)).map((d) => k.text(k.dentry.name[d])));
}
