import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arena, type ArenaSnapshot, type Common, newCommon } from './arena.ts';

const SMALL = { count: 'i16', name: 'atom', kind: 'label' } as const;
/** 32 bytes a row: beyond 2,048 rows it is more than one page. */
const LARGE = {
  a: 'i32',
  b: 'u32',
  c: 'i32',
  d: 'i32',
  e: 'i32',
  f: 'i32',
  g: 'i32',
  h: 'u16',
  i: 'u8',
  j: 'u8',
} as const;

/** A state with a table of each size, cells and a value. */
class State {
  readonly arena: Arena;
  readonly small;
  readonly large;
  readonly cells;
  readonly value;

  constructor(common: Common) {
    this.arena = new Arena(common);
    this.small = this.arena.table('small', SMALL);
    this.large = this.arena.table('large', LARGE);
    this.cells = this.arena.cells(['nr', 'next']);
    this.value = this.arena.value<readonly string[]>('bugs', []);
  }
}

const two = () => {
  const common = newCommon();
  return [new State(common), new State(common)] as const;
};

describe('a state', () => {
  it('is put back with all that is registered: tables, cells, values', () => {
    const [state] = two();
    const { arena, small, cells, value } = state;
    small.reserve(3);
    small.edit(2).count[2] = -7;
    cells.nr = 5;
    value.set(['BUG']);
    const before = arena.snapshot();
    const hash = `${arena.hash()}`;
    small.edit(2).count[2] = 1;
    small.reserve(9);
    cells.nr = 6;
    value.set([]);
    expect(`${arena.hash()}`).not.toBe(hash);
    arena.restore(before);
    expect([small.rows, small.count[2], cells.nr, cells.next, value.get()]).toEqual([3, -7, 5, 0, ['BUG']]);
    expect(`${arena.hash()}`).toBe(hash);
  });

  it('can be taken up by a kernel that was booted alike, and both go on apart', () => {
    const [one, other] = two();
    one.small.reserve(2);
    one.small.edit(1).count[1] = 4;
    one.cells.next = 9;
    const snapshot = one.arena.snapshot();
    other.arena.restore(snapshot);
    expect([other.small.count[1], other.cells.next]).toEqual([4, 9]);
    other.small.edit(1).count[1] = 5;
    one.small.edit(1).count[1] = 6;
    expect([one.small.count[1], other.small.count[1]]).toEqual([6, 5]);
    other.arena.restore(snapshot);
    expect(other.small.count[1]).toBe(4);
  });

  it('does not fit a kernel with other tables', () => {
    const common = newCommon();
    const one = new State(common);
    const other = new Arena(common);
    expect(() => other.restore(one.arena.snapshot())).toThrow('a snapshot of another configuration');
  });

  it('has each name once', () => {
    const [{ arena }] = two();
    expect(() => arena.table('small', SMALL)).toThrow('two tables are called small');
    expect(() => arena.value('bugs', 0)).toThrow('two values are called bugs');
  });
});

describe('a snapshot', () => {
  it('costs nothing until what it shares is written, and what nobody else has is free when it is released', () => {
    const [{ arena, large }] = two();
    large.reserve(2000);
    for (let row = 1; row < 2000; row++) large.edit(row).a[row] = row;
    const first = arena.snapshot();
    const second = arena.snapshot();
    expect([arena.store.bytes, arena.bytesOnlyIn(first)]).toEqual([0, 0]);
    large.edit(7).a[7] = 1;
    const saved = arena.store.bytes;
    expect(saved).toBeGreaterThan(0);
    expect([arena.bytesOnlyIn(first), arena.bytesOnlyIn(second)]).toEqual([0, 0]);
    arena.release(second);
    expect(arena.bytesOnlyIn(first)).toBe(saved);
    arena.release(first);
    expect(arena.store.bytes).toBe(0);
  });

  it('of a large table saves the pages that were written, and no others', () => {
    const [{ arena, large }] = two();
    large.reserve(10_000);
    const snapshot = arena.snapshot();
    large.edit(5000).a[5000] = 1;
    const one = arena.bytesOnlyIn(snapshot);
    large.edit(5001).b[5001] = 1;
    expect(arena.bytesOnlyIn(snapshot)).toBe(one);
    large.edit(9999).a[9999] = 1;
    expect(arena.bytesOnlyIn(snapshot)).toBe(2 * one);
    expect(one).toBeLessThan(large.base.usedBytes / 20);
  });

  it('of a table that has just come to have pages is good where it has never been large', () => {
    const [{ arena, large }, other] = two();
    for (let row = 1; row < 2500; row++) {
      large.reserve(row + 1);
      large.edit(row).a[row] = row;
      if (row % 97 !== 0) continue;
      const snapshot = arena.snapshot();
      other.arena.restore(snapshot);
      expect([other.large.rows, other.large.a[row], `${other.arena.hash()}`]).toEqual([
        row + 1,
        row,
        `${arena.hash()}`,
      ]);
      const fresh = new State(arena.common);
      fresh.arena.restore(snapshot);
      fresh.large.edit(row).a[row] = -1;
      expect(fresh.large.a[row - 1]).toBe(row - 1);
      fresh.arena.restore(snapshot);
      expect(`${fresh.arena.hash()}`).toBe(`${arena.hash()}`);
    }
  });

  it('that was released and is wanted all the same is our bug', () => {
    const [{ arena, small }] = two();
    small.reserve(2);
    const snapshot = arena.snapshot();
    arena.release(snapshot);
    small.edit(1).count[1] = 1;
    expect(() => arena.restore(snapshot)).toThrow('is lost: the snapshot was released');
  });
});

describe('the hash of a state', () => {
  const hashOf = ({ arena }: State): string => `${arena.hash()}`;

  it('does not depend on how the state came to be, nor on how much room it has', () => {
    const [one, other] = two();
    one.small.reserve(3);
    one.small.edit(2).count[2] = 4;
    other.small.reserve(500);
    other.small.edit(400).count[400] = 1;
    other.small.edit(400).count[400] = 0;
    other.small.edit(2).count[2] = 4;
    expect(hashOf(other)).toBe(hashOf(one));
  });

  it('knows texts by what they say, whatever numbers they got', () => {
    const [one, other] = [new State(newCommon()), new State(newCommon())];
    other.arena.atoms.intern('first of all');
    other.arena.labels.intern('first of all');
    for (const { arena, small } of [one, other]) {
      small.reserve(2);
      const row = small.edit(1);
      row.name[1] = arena.atoms.intern('sched');
      row.kind[1] = arena.labels.intern('dput');
    }
    expect(other.small.name[1]).not.toBe(one.small.name[1]);
    expect(hashOf(other)).toBe(hashOf(one));
    other.small.edit(1).name[1] = other.arena.atoms.intern('irq');
    expect(hashOf(other)).not.toBe(hashOf(one));
  });

  it('tells apart which row, which column, which cell and which value something is in', () => {
    const changes: readonly ((state: State) => void)[] = [
      () => undefined,
      ({ small }) => (small.edit(1).count[1] = 1),
      ({ small }) => (small.edit(2).count[2] = 1),
      ({ large }) => (large.edit(1).a[1] = 1),
      ({ large }) => (large.edit(1).c[1] = 1),
      ({ cells }) => (cells.nr = 1),
      ({ cells }) => (cells.next = 1),
      ({ value }) => value.set(['1']),
      ({ value }) => value.set(['1', '1']),
    ];
    const hashes = changes.map((change) => {
      const [state] = two();
      state.small.reserve(3);
      state.large.reserve(3);
      change(state);
      return hashOf(state);
    });
    expect(new Set(hashes).size).toBe(changes.length);
  });

  it('costs only the rows that were written while it is tracked, each noted once', () => {
    const [{ arena, small, large }] = two();
    small.reserve(3);
    arena.track(true);
    small.edit(1).count[1] = 1;
    small.edit(1).count[1] = 2;
    large.reserve(3000);
    large.edit(2500).a[2500] = 1;
    const rows = () => arena.written.map(({ row }) => row);
    expect(rows()).toEqual([1, 2500]);
    arena.hash();
    expect(rows()).toEqual([]);
    small.edit(1).count[1] = 3;
    expect(rows()).toEqual([1]);
    arena.track(false);
    small.edit(2).count[2] = 3;
    expect(rows()).toEqual([]);
  });
});

/** The same as plain data: rows by table, cells, value. */
interface Model {
  readonly small: readonly (readonly number[])[];
  readonly large: readonly (readonly number[])[];
  readonly nr: number;
  readonly bugs: readonly string[];
}

type Op =
  | { readonly do: 'write' | 'clear'; readonly large: boolean; readonly row: number; readonly value: number }
  | { readonly do: 'grow'; readonly large: boolean; readonly by: number }
  | { readonly do: 'set'; readonly value: number }
  | { readonly do: 'snapshot' | 'hash' | 'switch' | 'track' }
  | { readonly do: 'restore' | 'release'; readonly which: number };

const number = (max: number) => fc.integer({ min: 0, max });
const ops: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('write'), large: fc.boolean(), row: number(6000), value: number(99) }),
  },
  fc.record({ do: fc.constant('clear'), large: fc.boolean(), row: number(6000), value: fc.constant(0) }),
  fc.record({ do: fc.constant('grow'), large: fc.boolean(), by: fc.constantFrom(1, 3, 30, 700) }),
  fc.record({ do: fc.constant('set'), value: number(9) }),
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('snapshot', 'snapshot', 'hash', 'switch', 'track') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('restore', 'restore', 'release'), which: number(9) }) },
);

/** Two states booted alike and their plain copies; operations go to one of them at a time. */
class Person {
  readonly states = two();
  readonly models: [Model, Model];
  readonly #kept: { readonly snapshot: ArenaSnapshot; readonly model: Model }[] = [];
  at: 0 | 1 = 0;

  constructor() {
    const model: Model = { small: [[]], large: [[]], nr: 0, bugs: [] };
    this.models = [model, model];
  }

  make(op: Op): void {
    const state = this.states[this.at];
    const { arena } = state;
    const model = this.models[this.at];
    const change = (changed: Partial<Model>) => {
      this.models[this.at] = { ...model, ...changed };
    };
    switch (op.do) {
      case 'write':
      case 'clear': {
        const name = op.large ? 'large' : 'small';
        if (model[name].length < 2) return;
        const row = 1 + (op.row % (model[name].length - 1));
        if (op.do === 'clear') state[name].clear(row);
        else if (op.large) {
          const columns = state.large.edit(row);
          columns.a[row] = op.value;
          columns.i[row] = op.value;
        } else state.small.edit(row).count[row] = op.value;
        const written = op.large ? [op.value, op.value] : [op.value];
        change({ [name]: model[name].with(row, op.do === 'clear' ? [] : written) });
        break;
      }
      case 'grow': {
        const name = op.large ? 'large' : 'small';
        state[name].reserve(model[name].length + op.by);
        change({ [name]: [...model[name], ...Array.from({ length: op.by }, () => [])] });
        break;
      }
      case 'set':
        state.cells.nr = op.value;
        state.value.set([`${op.value}`]);
        change({ nr: op.value, bugs: [`${op.value}`] });
        break;
      case 'snapshot':
        this.#kept.push({ snapshot: arena.snapshot(), model });
        break;
      case 'restore':
      case 'release': {
        const kept = this.#kept[op.which % (this.#kept.length || 1)];
        if (kept === undefined) return;
        if (op.do === 'restore') {
          arena.restore(kept.snapshot);
          this.models[this.at] = kept.model;
        } else {
          arena.release(kept.snapshot);
          this.#kept.splice(this.#kept.indexOf(kept), 1);
        }
        break;
      }
      case 'hash':
        arena.hash();
        break;
      case 'track':
        arena.track(!arena.isTracking);
        break;
      case 'switch':
        this.at = this.at === 0 ? 1 : 0;
    }
  }
}

/** What a state says, as its plain copy has it. */
function read({ small, large, cells, value }: State): Model {
  const rows = (count: number, of: (row: number) => readonly number[]) =>
    Array.from({ length: count }, (_, row) => (row === 0 || of(row).every((n) => n === 0) ? [] : of(row)));
  return {
    small: rows(small.rows, (row) => [small.count[row]]),
    large: rows(large.rows, (row) => [large.a[row], large.i[row]]),
    nr: cells.nr,
    bugs: value.get(),
  };
}

const zeroless = (model: Model): Model => {
  const rows = (all: Model['small']) => all.map((row) => (row.every((n) => n === 0) ? [] : row));
  return { ...model, small: rows(model.small), large: rows(model.large) };
};

/** The hash of a state that was built from nothing. */
function freshHash({ small, large, nr, bugs }: Model, common: Common): string {
  const state = new State(common);
  state.small.reserve(small.length);
  state.large.reserve(large.length);
  for (const [row, [count]] of small.entries()) if (count !== undefined) state.small.edit(row).count[row] = count;
  for (const [row, [a, i]] of large.entries())
    if (a !== undefined && i !== undefined) {
      state.large.edit(row).a[row] = a;
      state.large.edit(row).i[row] = i;
    }
  state.cells.nr = nr;
  state.value.set(bugs);
  return `${state.arena.hash()}`;
}

it('any sequence of writes, snapshots and ways back leaves what a plain copy has, in both of two kernels', () => {
  fc.assert(
    fc.property(fc.array(ops, { minLength: 5, maxLength: 60, size: 'max' }), (sequence) => {
      const person = new Person();
      for (const op of sequence) person.make(op);
      for (const at of [0, 1] as const) {
        const model = zeroless(person.models[at]);
        expect(read(person.states[at])).toEqual(model);
        expect(`${person.states[at].arena.hash()}`).toBe(freshHash(model, person.states[at].arena.common));
      }
    }),
    { seed: 29, numRuns: 60 },
  );
});
