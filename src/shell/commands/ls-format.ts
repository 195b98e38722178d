/**
 * What `ls` prints: names one a line (its output is never a terminal here), or long rows. The model keeps no times and
 * tracefs has no blocks, so every row has the date of the epoch and every total is 0.
 */
import type { Stat } from '../../kernel/syscalls.ts';
import { compareC } from '../text/order.ts';
import { modeText } from './mode.ts';
import { groups, users } from './owners.ts';

export interface Listed {
  readonly name: string;
  readonly ino: number;
  /** What lstat said; 'failed' when it was asked and did not know. */
  readonly stat: Stat | 'failed' | undefined;
}

export interface ListFormat {
  readonly long: boolean;
  readonly inode: boolean;
  readonly numeric: boolean;
  readonly sorted: boolean;
}

const DATE = 'Jan  1  1970';

export const sortListed = (list: readonly Listed[], format: ListFormat): readonly Listed[] =>
  format.sorted ? [...list].sort((a, b) => compareC(a.name, b.name)) : list;

/** The rows of `list`, each with its newline. */
export function formatList(list: readonly Listed[], format: ListFormat): string {
  const inodeWidth = Math.max(0, ...list.map((entry) => String(entry.ino).length));
  const inode = (entry: Listed): string => (format.inode ? `${String(entry.ino).padStart(inodeWidth)} ` : '');
  const rows = format.long ? longRows(list, format) : list.map((entry) => entry.name);
  return list.map((entry, i) => `${inode(entry)}${rows[i]}\n`).join('');
}

function longRows(list: readonly Listed[], format: ListFormat): string[] {
  const cells = list.map((entry) => longCells(entry, format));
  const width = (column: number): number => Math.max(0, ...cells.map((row) => row[column]?.length ?? 0));
  const [links, owner, group, size, date] = [1, 2, 3, 4, 5].map(width);
  return cells.map(
    ([mode = '', l = '', o = '', g = '', s = '', d = '', name = '']) =>
      `${mode} ${l.padStart(links ?? 0)} ${o.padEnd(owner ?? 0)} ${g.padEnd(group ?? 0)} ${s.padStart(size ?? 0)} ${d.padStart(date ?? 0)} ${name}`,
  );
}

function longCells({ name, stat }: Listed, { numeric }: ListFormat): string[] {
  if (stat === undefined || stat === 'failed') return ['-?????????', '?', '?', '?', '?', '?', name];
  const owner = numeric ? undefined : users.nameOf(stat.uid);
  const group = numeric ? undefined : groups.nameOf(stat.gid);
  return [
    modeText(stat.type, stat.mode),
    String(stat.nlink),
    owner ?? String(stat.uid),
    group ?? String(stat.gid),
    String(stat.size),
    DATE,
    name,
  ];
}
