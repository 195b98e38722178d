/**
 * An arena as bytes and back: for a file, or for another worker. Magic, version of the format, a header of JSON, then the
 * columns one behind the other. Atoms and labels are written as texts, since which number a text has is nobody's business
 * but the arena's. What is in an arena is found by walking it, so a new table needs no line here.
 *
 * ```
 * 8 bytes   "EVENTFS" and a NUL
 * u32       version of the format
 * u32       length of the header in bytes
 * header    StateHeader as JSON in ASCII: other characters as \uXXXX
 * columns   of each table in the order of the header, each from row 0 on, each starting at a multiple of 8
 * ```
 * Numbers are little-endian.
 */
import type { Arena } from './arena.ts';
import { assertUnreachable } from './assert.ts';
import { err, ok, type Result } from './result.ts';
import { type ColumnKind, WIDTH } from './table.ts';

const MAGIC = Uint8Array.from([...'EVENTFS\0'].map((c) => c.charCodeAt(0)));
/** Raised when the layout above changes. What tables there are is compared by itself. */
export const STATE_VERSION = 1;
const HEAD_BYTES = MAGIC.length + 8;
const ALIGNMENT = 8;

interface TableHeader {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly (readonly [name: string, kind: ColumnKind])[];
}

interface StateHeader {
  /** What the kernel was booted with. */
  readonly configuration: unknown;
  readonly tables: readonly TableHeader[];
  readonly atoms: readonly string[];
  readonly labels: readonly string[];
  readonly values: readonly (readonly [name: string, value: unknown])[];
}

/** Why bytes are not taken up. The arena is as it was. */
export type StateProblem =
  | { readonly code: 'not a state' }
  | { readonly code: 'damaged' }
  /** Written in another format. */
  | { readonly code: 'other version'; readonly version: number }
  /** Written by a model that has other tables. */
  | { readonly code: 'other model'; readonly table: string }
  /** Of a kernel that was booted with something else. */
  | { readonly code: 'other configuration'; readonly configuration: unknown };

/** The state of an arena whose kernel rests. `configuration`: plain data, compared when it is read. */
export function writeState(arena: Arena, configuration: unknown): Uint8Array {
  const { tables, atoms, labels, values } = arena;
  const header: StateHeader = {
    configuration,
    tables: tables.map(({ tableName, rows, columns }) => ({ name: tableName, rows, columns })),
    atoms: atoms.texts,
    labels: labels.texts,
    values: values.map(({ name, get }) => [name, get()]),
  };
  const text = asciiOf(header);
  const bytes = new Uint8Array(layoutOf(header, text.length).end);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(MAGIC.length, STATE_VERSION, true);
  view.setUint32(MAGIC.length + 4, text.length, true);
  bytes.set(text, HEAD_BYTES);
  const { offsets } = layoutOf(header, text.length);
  for (const [t, table] of tables.entries())
    for (const c of table.columns.keys()) bytes.set(table.columnBytes(c), offsets[t]?.[c]);
  return bytes;
}

/** Takes up the state that `bytes` hold, or says why not. */
export function readState(arena: Arena, configuration: unknown, bytes: Uint8Array): Result<undefined, StateProblem> {
  const header = headerOf(bytes);
  if (!header.ok) return header;
  const { value } = header;
  if (JSON.stringify(value.configuration) !== JSON.stringify(configuration))
    return err({ code: 'other configuration', configuration: value.configuration });
  const other = otherTable(arena, value);
  if (other !== undefined) return err({ code: 'other model', table: other });
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length + 4, true);
  const { offsets, end } = layoutOf(value, length);
  if (end !== bytes.length) return err({ code: 'damaged' });
  const atoms = value.atoms.map((text) => arena.atoms.intern(text));
  const labels = value.labels.map((text) => arena.labels.intern(text));
  for (const [t, table] of arena.tables.entries()) {
    const { rows, columns } = value.tables[t] as TableHeader;
    table.load(
      rows,
      columns.map(([, kind], c) => {
        const column = arrayOf(kind, bytes, offsets[t]?.[c] as number, rows);
        return kind === 'atom' ? renamed(column, atoms) : kind === 'label' ? renamed(column, labels) : column;
      }),
    );
  }
  arena.recount();
  for (const [i, slot] of arena.values.entries()) slot.set(value.values[i]?.[1]);
  return ok(undefined);
}

/** Where each column of each table begins, and where all ends. */
function layoutOf(
  { tables }: StateHeader,
  headerBytes: number,
): { readonly offsets: number[][]; readonly end: number } {
  let at = aligned(HEAD_BYTES + headerBytes);
  const offsets = tables.map(({ rows, columns }) =>
    columns.map(([, kind]) => {
      const begin = at;
      at = aligned(at + rows * WIDTH[kind]);
      return begin;
    }),
  );
  return { offsets, end: at };
}

const aligned = (offset: number): number => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;

function headerOf(bytes: Uint8Array): Result<StateHeader, StateProblem> {
  if (bytes.length < HEAD_BYTES || MAGIC.some((byte, i) => bytes[i] !== byte)) return err({ code: 'not a state' });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const version = view.getUint32(MAGIC.length, true);
  if (version !== STATE_VERSION) return err({ code: 'other version', version });
  try {
    const text = bytes.subarray(HEAD_BYTES, HEAD_BYTES + view.getUint32(MAGIC.length + 4, true));
    const header: unknown = JSON.parse(textOf(text));
    return isHeader(header) ? ok(header) : err({ code: 'damaged' });
  } catch {
    return err({ code: 'damaged' });
  }
}

/** Plain data as JSON, a byte a character. */
function asciiOf(data: unknown): Uint8Array {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const text = JSON.stringify(data).replace(/[\u0080-\uffff]/g, escaped);
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

/** As many characters as a function may be called with. */
const CHUNK = 8192;

function textOf(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return text;
}

function isHeader(header: unknown): header is StateHeader {
  if (typeof header !== 'object' || header === null) return false;
  const { tables, atoms, labels, values } = header as Partial<StateHeader>;
  return (
    [tables, atoms, labels, values].every(Array.isArray) &&
    tables?.every(({ rows, columns }) => Number.isInteger(rows) && rows > 0 && Array.isArray(columns)) === true
  );
}

/** The first table or value in which a state and an arena differ. */
function otherTable(arena: Arena, header: StateHeader): string | undefined {
  const shape = (name: string, columns: unknown) => JSON.stringify([name, columns]);
  const own = [
    ...arena.tables.map(({ tableName, columns }) => shape(tableName, columns)),
    ...arena.values.map(({ name }) => shape(name, 'value')),
  ];
  const its = [
    ...header.tables.map(({ name, columns }) => shape(name, columns)),
    ...header.values.map(([name]) => shape(name, 'value')),
  ];
  const at = own.findIndex((one, i) => one !== its[i]);
  if (at < 0 && own.length === its.length) return undefined;
  return (JSON.parse(own[at] ?? its[own.length] ?? '["?"]') as [string])[0];
}

function arrayOf(kind: ColumnKind, bytes: Uint8Array, offset: number, rows: number): ArrayLike<number> {
  // Not slice(): that of a Buffer of Node copies nothing.
  const copy = new Uint8Array(bytes.subarray(offset, offset + rows * WIDTH[kind])).buffer;
  switch (kind) {
    case 'u32':
      return new Uint32Array(copy);
    case 'u16':
      return new Uint16Array(copy);
    case 'i16':
      return new Int16Array(copy);
    case 'u8':
    case 'label':
      return new Uint8Array(copy);
    default:
      return new Int32Array(copy);
  }
}

/** The numbers that the texts of a file have here. */
const renamed = (column: ArrayLike<number>, numbers: readonly number[]): ArrayLike<number> =>
  Array.from(column, (number) => numbers[number] ?? 0);

/** A text for the person, ending in what to do. */
export function describeStateProblem(problem: StateProblem): string {
  switch (problem.code) {
    case 'not a state':
      return 'this file holds no state of a kernel of eventfs explorer';
    case 'damaged':
      return 'the file is damaged or cut off: write it again';
    case 'other version':
      return `the state is of format ${problem.version}, and this program reads format ${STATE_VERSION}: run its commands again`;
    case 'other model':
      return `the state was written by another version of the model (it differs in "${problem.table}"): run its commands again`;
    case 'other configuration':
      return `the state is of another kernel, ${JSON.stringify(problem.configuration)}: start that one`;
    default:
      return assertUnreachable(problem);
  }
}
