import { describe, expect, it } from 'vitest';
import { Checkpoints, type Source } from './checkpoints.ts';
import type { Done, Moment } from './moment.ts';

const PAGE = 1000;

/**
 * A state of pages, each with the number of the write that made it what it is; a snapshot shares them, and is empty once it
 * is released.
 */
class Pages implements Source<readonly number[]> {
  pages: number[];
  #writes = 0;
  readonly #live = new Set<readonly number[]>();

  constructor(count: number) {
    this.pages = Array.from({ length: count }, () => 0);
  }

  snapshot(): readonly number[] {
    const snapshot = [...this.pages];
    this.#live.add(snapshot);
    return snapshot;
  }

  release(snapshots: readonly (readonly number[])[]): void {
    for (const snapshot of snapshots) {
      this.#live.delete(snapshot);
      (snapshot as number[]).length = 0;
    }
  }

  get savedBytes(): number {
    return new Set([...this.#live].flatMap((one) => this.#saved(one))).size * PAGE;
  }

  bytesOnlyIn(snapshot: readonly number[]): number {
    const others = new Set([...this.#live].filter((one) => one !== snapshot).flatMap((one) => this.#saved(one)));
    return this.#saved(snapshot).filter((page) => !others.has(page)).length * PAGE;
  }

  /** Pages of a snapshot that have been written since, each with its write. */
  #saved(snapshot: readonly number[]): string[] {
    return snapshot.flatMap((write, page) => (this.pages[page] === write ? [] : [`${page} ${write}`]));
  }

  write(...pages: readonly number[]): void {
    for (const page of pages) this.pages[page] = ++this.#writes;
  }
}

const next = (parent: Moment, cost: number): Moment => {
  const id = parent.id + 1;
  const done = { entry: {}, totals: [], cost } as unknown as Done;
  return { id, parent, position: parent.position + 1, command: '', label: '', done };
};
const BOOT: Moment = { id: 0, parent: undefined, position: 0, command: 'boot', label: 'boot', done: undefined };
const SLOW = 100;

/** Walks on from boot: each step writes its pages and takes so long. Answers the moments, boot first. */
function walk(
  checkpoints: Checkpoints<readonly number[]>,
  source: Pages,
  steps: readonly (readonly number[])[],
  cost = SLOW,
) {
  const moments = [BOOT];
  for (const pages of steps) {
    source.write(...pages);
    const moment = next(moments[moments.length - 1], cost);
    moments.push(moment);
    checkpoints.reached(moment, moment);
  }
  return moments;
}

const kept = (checkpoints: Checkpoints<readonly number[]>, moments: readonly Moment[]): readonly number[] =>
  moments.filter((moment) => checkpoints.nearest(moment).moment === moment).map(({ id }) => id);

describe('checkpoints', () => {
  it('are taken after every command, and stay further back where replay would be slow', () => {
    const source = new Pages(4);
    const quick = new Checkpoints(BOOT, source, Number.POSITIVE_INFINITY);
    const last = (n: number, of: number) => Array.from({ length: n }, (_, i) => of - n + 1 + i);
    expect(kept(quick, walk(quick, source, Array(20).fill([0]), 1))).toEqual([0, ...last(16, 20)]);
    const slow = new Checkpoints(BOOT, source, Number.POSITIVE_INFINITY);
    expect(kept(slow, walk(slow, source, Array(22).fill([0]), SLOW))).toEqual(last(23, 22));
  });

  it('give back the state as it was', () => {
    const source = new Pages(2);
    const checkpoints = new Checkpoints(BOOT, source, Number.POSITIVE_INFINITY);
    const moments = walk(checkpoints, source, [[0], [1], [0]]);
    expect(moments.map((moment) => checkpoints.nearest(moment).snapshot)).toEqual([
      [0, 0],
      [1, 0],
      [1, 2],
      [3, 2],
    ]);
  });

  it('never lose the boot state, however small the budget', () => {
    const source = new Pages(50);
    const checkpoints = new Checkpoints(BOOT, source, 0);
    const all = Array.from({ length: 50 }, (_, i) => i);
    const moments = walk(checkpoints, source, Array(40).fill(all));
    expect(kept(checkpoints, moments)).toContain(0);
    expect(checkpoints.nearest(BOOT).snapshot).toEqual(all.map(() => 0));
  });

  it('keep to the budget, but for those that lead back to where the person is', () => {
    const source = new Pages(10);
    const all = Array.from({ length: 10 }, (_, i) => i);
    const checkpoints = new Checkpoints(BOOT, source, 40 * PAGE);
    const moments = walk(checkpoints, source, Array(20).fill(all));
    expect(source.savedBytes).toBeLessThanOrEqual(40 * PAGE);
    expect(kept(checkpoints, moments)).toEqual(expect.arrayContaining([0, 19, 20]));
    const small = new Pages(10);
    const none = new Checkpoints(BOOT, small, 0);
    expect(kept(none, walk(none, small, Array(20).fill(all)))).toEqual([0, 19, 20]);
  });

  it('do not count what the state of now holds anyway: one step back from a huge state needs no replay from boot', () => {
    const source = new Pages(1);
    const checkpoints = new Checkpoints(BOOT, source, 4 * PAGE);
    const grown = Array.from({ length: 1000 }, (_, i) => i);
    const moments = walk(checkpoints, source, [grown, [0], [1], [2]]);
    expect(kept(checkpoints, moments)).toEqual([0, 1, 2, 3, 4]);
  });

  it('give up first what gives most back for the time it saves', () => {
    const source = new Pages(10);
    const all = Array.from({ length: 10 }, (_, i) => i);
    const checkpoints = new Checkpoints(BOOT, source, 31 * PAGE);
    const moments = walk(checkpoints, source, [[0], all, all, all, all]);
    expect(kept(checkpoints, moments)).toEqual([0, 1, 3, 4, 5]);
  });

  it('go with a moment that is left out, and with those after it', () => {
    const source = new Pages(2);
    const checkpoints = new Checkpoints(BOOT, source, Number.POSITIVE_INFINITY);
    const moments = walk(checkpoints, source, [[0], [1], [0]]);
    checkpoints.forget(moments[2]);
    expect(kept(checkpoints, moments)).toEqual([0, 1]);
  });
});
