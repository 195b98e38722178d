/** struct eventfs_dents: what an open directory will list, noted at its open. */
import type { Arena } from '../../../base/arena.ts';
import type { Table } from '../../../base/table.ts';
import type { Kern } from '../../kern.ts';
import { Rows } from '../../memory/rows.ts';
import type { FILE, OwnColumns } from '../../tables.ts';
import { declarePointing, POINTING_COLUMNS, type PointingState } from '../2023/pointer-tables.ts';

export type Dent = readonly [name: number, ino: number, isDir: boolean];

const DENT = { name: 'atom', ino: 'i32', next: 'i32', isDir: 'u8' } as const;
const FIRST = {
  /** First of the rows of {@link DentsState.dent}. */
  dents: 'i32',
} as const;

interface DentsState extends PointingState {
  readonly dent: Rows<typeof DENT>;
}

export const DENTS_COLUMNS: OwnColumns = { ...POINTING_COLUMNS, file: { ...POINTING_COLUMNS.file, ...FIRST } };

export const declareDents = (arena: Arena): DentsState => ({
  ...declarePointing(arena),
  dent: new Rows(arena, 'eventfs_dents', DENT),
});

const rowsOf = (k: Kern): DentsState['dent'] => (k.own as DentsState).dent;
const files = (k: Kern) => k.file as unknown as Table<typeof FILE & typeof FIRST>;

/** Notes what `file` will list. */
export function rememberDents(k: Kern, file: number, dents: readonly Dent[]): void {
  let next = 0;
  for (const [name, ino, isDir] of dents.toReversed()) {
    const row = rowsOf(k).add();
    const cols = rowsOf(k).cols.edit(row);
    cols.name[row] = name;
    cols.ino[row] = ino;
    cols.isDir[row] = isDir ? 1 : 0;
    cols.next[row] = next;
    next = row;
  }
  files(k).edit(file).dents[file] = next;
}

/** What was noted, in that order. */
export function dentsOf(k: Kern, file: number): readonly Dent[] {
  const { name, ino, isDir, next } = rowsOf(k).cols;
  const dents: Dent[] = [];
  for (let row = files(k).dents[file]; row !== 0; row = next[row]) dents.push([name[row], ino[row], isDir[row] === 1]);
  return dents;
}

export function forgetDents(k: Kern, file: number): void {
  const { next } = rowsOf(k).cols;
  for (let row = files(k).dents[file]; row !== 0; row = next[row]) rowsOf(k).remove(row);
  files(k).edit(file).dents[file] = 0;
}
