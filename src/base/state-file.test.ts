import { beforeEach, describe, expect, it } from 'vitest';
import { Arena, newCommon } from './arena.ts';
import { describeStateProblem, readState, STATE_VERSION, writeState } from './state-file.ts';

const SCHEMA = {
  name: 'atom',
  size: 'u32',
  lock: 'i16',
  state: 'u8',
  madeBy: 'label',
  count: 'i32',
  gen: 'u16',
} as const;
const CONFIGURATION = { kernel: 'small', cpus: 2 };

/** An arena with a table, a cell and a value. `before`: texts that it has met before. */
function arenaOf(before: readonly string[] = [], columns: Partial<typeof SCHEMA> = SCHEMA) {
  const arena = new Arena(newCommon());
  for (const text of before) arena.atoms.intern(text);
  const table = arena.table('file', columns as typeof SCHEMA);
  const cells = arena.cells(['nr']);
  const bugs = arena.value<readonly string[]>('bugs', []);
  return { arena, table, cells, bugs };
}

let saved: Uint8Array;
let hash: string;

beforeEach(() => {
  const { arena, table, cells, bugs } = arenaOf();
  table.reserve(300);
  const row = table.edit(299);
  row.name[299] = arena.atoms.intern('größe ≤ 𝄞');
  row.size[299] = 4e9;
  row.lock[299] = -1;
  row.state[299] = 255;
  row.madeBy[299] = arena.labels.intern('tracefs_create_file');
  row.count[299] = -128;
  row.gen[299] = 65_535;
  cells.nr = -7;
  bugs.set(['BUG']);
  hash = `${arena.hash()}`;
  saved = writeState(arena, CONFIGURATION);
});

describe('a state as bytes', () => {
  it('is taken up where texts have other numbers', () => {
    const { arena, table, cells, bugs } = arenaOf(['irq', 'timer']);
    table.reserve(9);
    table.edit(5).count[5] = 3;
    const before = arena.snapshot();
    expect(readState(arena, CONFIGURATION, saved)).toEqual({ ok: true, value: undefined });
    expect(`${arena.hash()}`).toBe(hash);
    expect([table.rows, arena.atoms.text(table.name[299]), table.size[299], cells.nr, bugs.get()]).toEqual([
      ...[300, 'größe ≤ 𝄞', 4e9, -7],
      ['BUG'],
    ]);
    arena.restore(before);
    expect([table.rows, table.count[5]]).toEqual([9, 3]);
  });

  it('is taken up from the middle of a larger buffer', () => {
    const { arena } = arenaOf();
    const larger = Buffer.alloc(saved.length + 3);
    larger.set(saved, 3);
    expect(readState(arena, CONFIGURATION, larger.subarray(3)).ok).toBe(true);
    expect(`${arena.hash()}`).toBe(hash);
  });

  it('is found by a hash that follows what is written', () => {
    const { arena } = arenaOf();
    arena.track(true);
    readState(arena, CONFIGURATION, saved);
    expect(`${arena.hash()}`).toBe(hash);
  });

  const refused = (bytes: Uint8Array, arena = arenaOf().arena, configuration: unknown = CONFIGURATION): string => {
    const before = `${arena.hash()}`;
    const read = readState(arena, configuration, bytes);
    expect(`${arena.hash()}`).toBe(before);
    return read.ok ? 'taken up' : describeStateProblem(read.error);
  };

  it('of another version is refused in words', () => {
    const other = saved.slice();
    other[8] = STATE_VERSION + 1;
    expect(refused(other)).toBe(
      `the state is of format ${STATE_VERSION + 1}, and this program reads format ${STATE_VERSION}: run its commands again`,
    );
  });

  it('of a model with other tables is refused, and says which', () => {
    const { count: _, ...fewer } = SCHEMA;
    expect(refused(saved, arenaOf([], fewer).arena)).toContain('it differs in "file"');
    const { arena } = arenaOf();
    arena.table('inode', SCHEMA);
    expect(refused(saved, arena)).toContain('it differs in "inode"');
  });

  it('of a kernel that was booted with something else is refused, and says with what', () => {
    expect(refused(saved, undefined, { kernel: 'small', cpus: 4 })).toContain('{"kernel":"small","cpus":2}');
  });

  it('that is cut off, damaged or none at all is refused', () => {
    expect(refused(saved.slice(0, -8))).toBe('the file is damaged or cut off: write it again');
    expect(refused(saved.slice(0, 40))).toBe('the file is damaged or cut off: write it again');
    const empty = saved.slice();
    empty.set(new TextEncoder().encode('{}'.padEnd(new DataView(saved.buffer).getUint32(12, true))), 16);
    expect(refused(empty, undefined, undefined)).toBe('the file is damaged or cut off: write it again');
    for (const none of [new Uint8Array(0), new TextEncoder().encode('# a scenario of some length')])
      expect(refused(none)).toBe('this file holds no state of a kernel of eventfs explorer');
  });
});
