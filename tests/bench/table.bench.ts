/** Why tables grow by copying, and what a snapshot costs: src/base/table.ts. */
import { createTable } from '../../src/base/table.ts';
import type { Comparison } from './harness.ts';

const ROWS = 1_000_000;
const SCHEMA = { parent: 'i32', count: 'i32', flags: 'u8' } as const;
const BYTES_PER_ROW = 9;

/** ArrayBuffer with the parts of ES2024 that the library typings of ES2023 leave out. */
const Resizable = ArrayBuffer as unknown as new (
  bytes: number,
  options: { maxByteLength: number },
) => ArrayBuffer & { resize(bytes: number): void };

function tableGrownRowByRow(): { count: Int32Array } {
  const table = createTable(SCHEMA);
  for (let row = 1; row < ROWS; row++) {
    if (row >= table.count.length) table.reserve(row + 1);
    table.parent[row] = row - 1;
    table.count[row] = 1;
    table.flags[row] = row & 3;
  }
  return table;
}

/** The alternative: length-tracking views of a resizable buffer, which never copies but is slower at every access. */
function resizableBuffers(): Int32Array {
  const options = { maxByteLength: ROWS * BYTES_PER_ROW };
  const buffers = [4, 4, 1].map((size) => ({ size, buffer: new Resizable(64 * size, options) }));
  const [parent, count] = [new Int32Array(buffers[0]!.buffer), new Int32Array(buffers[1]!.buffer)];
  const flags = new Uint8Array(buffers[2]!.buffer);
  let capacity = 64;
  for (let row = 1; row < ROWS; row++) {
    if (row >= capacity) {
      capacity = Math.min(ROWS, Math.ceil(capacity * 1.5));
      for (const { size, buffer } of buffers) buffer.resize(capacity * size);
    }
    parent[row] = row - 1;
    count[row] = 1;
    flags[row] = row & 3;
  }
  return count;
}

function objects(): unknown[] {
  const rows: unknown[] = [];
  for (let row = 1; row < ROWS; row++) rows.push({ parent: row - 1, count: 1, flags: row & 3 });
  return rows;
}

const filled = createTable(SCHEMA, ROWS);
filled.reserve(ROWS);
const before = filled.snapshot();
const onResizable = resizableBuffers();

export const comparisons: readonly Comparison[] = [
  {
    title: `fill a table of ${ROWS} rows that grows as it goes`,
    variants: [
      { name: 'columns grown by copying', run: tableGrownRowByRow },
      { name: 'columns on resizable buffers', run: resizableBuffers },
      { name: 'one object a row', run: objects },
    ],
  },
  {
    title: `read and write ${ROWS} rows in an order of their own`,
    variants: [
      { name: 'plain columns', run: () => stir(filled.count) },
      { name: 'columns on resizable buffers', run: () => stir(onResizable) },
    ],
  },
  {
    title: `snapshot of ${ROWS} rows, one of them changed`,
    variants: [
      { name: 'sharing unchanged blocks', run: () => filled.snapshot(touch(before)) },
      { name: 'copying all', run: () => filled.snapshot() },
    ],
  },
];

/** Steps through all rows by a stride that shares no factor with their number. */
function stir(count: Int32Array): number {
  let sum = 0;
  for (let i = 0, row = 0; i < ROWS; i++) {
    row = (row + 7919) % ROWS;
    count[row]! ^= 1;
    sum += count[row]!;
  }
  return sum;
}

function touch<T>(snapshot: T): T {
  filled.count[ROWS >> 1]!++;
  return snapshot;
}
