/**
 * The rows of a listing as the measuring program wrote them (events-tree.txt, instance-tree.txt, toplevel.txt): path,
 * type, octal mode, st_ino, d_ino, st_nlink, st_size between tabs. Lines with '#' are comments. Only path, type and mode
 * are needed: a listing may end after them.
 */
import { err, ok, type Result } from '../base/result.ts';
import { isFileName } from './catalogue.ts';
import { checkSize, type ImportProblem, type LineReason, SkippedLines } from './problem.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_LINES = 2_000_000;
const MAX_COLUMNS = 7;
const MIN_COLUMNS = 3;

export interface ListingRow {
  readonly line: number;
  readonly path: string;
  readonly names: readonly string[];
  readonly type: 'd' | 'f';
  readonly mode: number;
}

export interface Rows {
  /** In the order of the lines. No path twice. */
  readonly rows: readonly ListingRow[];
  readonly skipped: SkippedLines;
}

/**
 * Splits `text` into rows. `format` names what was expected, should not one line fit. `.` and `..`, which a listing with
 * `-a` has, are passed over.
 */
export function parseRows(text: string, format: string): Result<Rows, ImportProblem> {
  const tooLarge = checkSize(text, MAX_BYTES);
  if (tooLarge !== undefined) return err(tooLarge);
  const rows: ListingRow[] = [];
  const skipped = new SkippedLines();
  const firstLines = new Map<string, number>();
  let line = 0;
  for (const content of linesOf(text)) {
    line++;
    if (line > MAX_LINES) return err({ code: 'tooMany', what: 'lines', limit: MAX_LINES });
    if (content === '' || content.startsWith('#')) continue;
    const row = parseRow(content, line);
    if ('reason' in row) {
      skipped.add({ code: 'badLine', line, ...row });
    } else if (row.path !== '.' && row.path !== '..') {
      const firstLine = firstLines.get(row.path);
      if (firstLine === undefined) {
        firstLines.set(row.path, line);
        rows.push(row);
      } else {
        skipped.add({ code: 'duplicate', line, path: row.path, firstLine });
      }
    }
  }
  return rows.length === 0 && skipped.count > 0 ? err({ code: 'notThisFormat', format }) : ok({ rows, skipped });
}

/** The lines of a text without their ends, be these LF or CRLF, and without a byte order mark. */
export function* linesOf(text: string): Generator<string> {
  let start = text.startsWith('\ufeff') ? 1 : 0;
  while (start < text.length) {
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    yield text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
    start = end + 1;
  }
}

function parseRow(content: string, line: number): ListingRow | { column: number; reason: LineReason } {
  // One more than allowed, so that a line of a million tabs is not split into a million strings.
  const columns = content.split('\t', MAX_COLUMNS + 1);
  const columnAt = (index: number): number => columns.slice(0, index).reduce((sum, c) => sum + c.length + 1, 1);
  const bad = (index: number, reason: LineReason) => ({ column: columnAt(index), reason });
  if (columns.length < MIN_COLUMNS || columns.length > MAX_COLUMNS) {
    return { column: columns.length < MIN_COLUMNS ? content.length + 1 : columnAt(MAX_COLUMNS), reason: 'columns' };
  }
  const [path, type, mode, ...numbers] = columns as [string, string, string, ...string[]];
  if (type !== 'd' && type !== 'f') return bad(1, 'type');
  if (!/^[0-7]{1,5}$/.test(mode)) return bad(2, 'mode');
  const notNumber = numbers.findIndex((number) => !/^\d{1,20}$/.test(number));
  if (notNumber !== -1) return bad(MIN_COLUMNS + notNumber, 'number');
  const names = path.split('/');
  if (path !== '.' && path !== '..') {
    const badName = names.findIndex((name) => !isFileName(name));
    if (badName !== -1) {
      return { column: 1 + names.slice(0, badName).reduce((sum, n) => sum + n.length + 1, 0), reason: 'name' };
    }
  }
  return { line, path, names, type, mode: Number.parseInt(mode, 8) };
}

/** The path of the directory that a row stands in. */
export const parentOf = (row: ListingRow): string => row.names.slice(0, -1).join('/');
/** Where the name at `index` of the path begins in its line; the path is the first column. */
export const columnOfName = (row: ListingRow, index: number): number =>
  1 + row.names.slice(0, index).reduce((sum, name) => sum + name.length + 1, 0);
