/**
 * /proc/slabinfo (version 2.1, as every kernel since 2.6.10 prints it) → geometry and counts of each cache. Lines with
 * '#' are comments; a line that is no cache is reported and skipped; without the header nothing is read.
 */
import { err, ok, type Result } from '../base/result.ts';
import type { BootCounters, CacheGeometry } from '../kernel/machine.ts';
import { isFileName } from './catalogue.ts';
import { linesOf } from './listing-rows.ts';
import { checkSize, type ImportProblem, type LineReason, type Skipped, SkippedLines } from './problem.ts';

const MAX_BYTES = 4 * 1024 * 1024;
const MAX_CACHES = 20_000;
const MAX_LINE = 1_000;
const VERSION = '2.1';
const FORMAT = '/proc/slabinfo';

export interface SlabInfo {
  readonly geometry: Readonly<Record<string, CacheGeometry>>;
  /** cache → [active_objs, num_objs] */
  readonly slabs: BootCounters['slabs'];
  readonly skipped: Skipped;
}

interface CacheRow {
  readonly name: string;
  readonly counts: readonly [active: number, num: number];
  readonly geometry: CacheGeometry;
}

export function parseSlabinfo(text: string): Result<SlabInfo, ImportProblem> {
  const tooLarge = checkSize(text, MAX_BYTES);
  if (tooLarge !== undefined) return err(tooLarge);
  const skipped = new SkippedLines();
  const caches = new Map<string, CacheRow & { readonly line: number }>();
  let hasHeader = false;
  let line = 0;
  for (const content of linesOf(text)) {
    line++;
    if (content === '' || content.startsWith('#')) continue;
    if (!hasHeader) {
      const version = /^slabinfo - version: (\S{1,20})/.exec(content)?.[1];
      if (version === undefined) return err({ code: 'notThisFormat', format: FORMAT });
      if (version !== VERSION) {
        return err({ code: 'unsupportedVersion', format: FORMAT, found: version, supported: VERSION });
      }
      hasHeader = true;
      continue;
    }
    const row = parseRow(content);
    if ('reason' in row) {
      skipped.add({ code: 'badLine', line, ...row });
      continue;
    }
    const first = caches.get(row.name);
    if (first !== undefined) skipped.add({ code: 'duplicate', line, path: row.name, firstLine: first.line });
    else if (caches.size === MAX_CACHES) return err({ code: 'tooMany', what: 'caches', limit: MAX_CACHES });
    else caches.set(row.name, { ...row, line });
  }
  if (!hasHeader) return err({ code: 'notThisFormat', format: FORMAT });
  const rows = [...caches.values()];
  return ok({
    geometry: Object.fromEntries(rows.map((row) => [row.name, row.geometry])),
    slabs: Object.fromEntries(rows.map((row) => [row.name, row.counts])),
    skipped,
  });
}

/** `name active num size perslab pages : tunables …`; what follows the pages is not read. */
function parseRow(content: string): CacheRow | { column: number; reason: LineReason } {
  const words = [...content.slice(0, MAX_LINE).matchAll(/\S+/g)];
  const [name, ...numbers] = words.slice(0, 6);
  if (name === undefined || numbers.length < 5) return { column: content.length + 1, reason: 'columns' };
  if (name[0] === '__proto__' || !isFileName(name[0])) return { column: name.index + 1, reason: 'name' };
  const bad = numbers.find((word) => !/^\d{1,15}$/.test(word[0]));
  if (bad !== undefined) return { column: bad.index + 1, reason: 'number' };
  const [active, num, size, perSlab, pages] = numbers.map((word) => Number(word[0])) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return { name: name[0], counts: [active, num], geometry: [size, perSlab, pages] };
}
