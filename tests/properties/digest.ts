/**
 * What a kernel and its shell hold, as text: slow, so that it can check what the model says of its own state. Every row of every
 * table that is not all zeros, names instead of the numbers they were interned as, and the values.
 */
import type { Channel } from '../../src/engine/channel.ts';

/** Name of a table, of a piece of plain data, of the shell → its lines. */
export type Digest = ReadonlyMap<string, readonly string[]>;

export function digestOf({ kernel }: Channel): Digest {
  const { arena } = kernel.k;
  const parts = new Map<string, readonly string[]>();
  for (const table of arena.tables) {
    const lines = [`${table.rows} rows`];
    for (let row = 1; row < table.rows; row++) {
      const cells = table.columns.flatMap(([name, kind], column) => {
        const value = table.at(column, row);
        if (value === 0) return [];
        const text = kind === 'atom' ? arena.atoms.text(value) : kind === 'label' ? arena.labels.text(value) : value;
        return [`${name}=${text}`];
      });
      if (cells.length > 0) lines.push(`${row}: ${cells.join(' ')}`);
    }
    parts.set(table.tableName, lines);
  }
  for (const value of arena.values) parts.set(value.name, linesOf(value.get()));
  return parts;
}

/** Where two states differ, a few lines of each part; empty = they are the same. */
export function differences(got: Digest, want: Digest, most = 4): readonly string[] {
  return [...new Set([...got.keys(), ...want.keys()])].flatMap((part) => {
    const [a, b] = [got.get(part) ?? [], want.get(part) ?? []];
    const [inA, inB] = [new Set(a), new Set(b)];
    const only = [
      ...a.filter((line) => !inB.has(line)).map((line) => `${part} has ${line}`),
      ...b.filter((line) => !inA.has(line)).map((line) => `${part} lacks ${line}`),
    ];
    if (only.length > 0 || a.join('\n') === b.join('\n')) return only.slice(0, most);
    return [`${part} has another order`];
  });
}

/** Plain data as text, a line an entry. */
const linesOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(plain) : [plain(value)]);

const plain = (value: unknown): string => JSON.stringify(value) ?? 'undefined';
