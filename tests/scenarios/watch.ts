/**
 * What single objects go through while a script runs, held against a transcript: commands, each followed by the rows of a
 * step table of the design reference (section 12).
 *
 *   $ exec 3< events/kprobes
 *   2 | 1 | —         number of the row in the table, then one cell for each watched object
 *   3 | 2 | 1         -> oops BUG       at this row the model must report a kernel bug
 *
 * The rows of a command must be met in this order; the model takes finer steps, so it may go through others in between. The
 * last row of a command is how all rests after it. Lines with `$` without an empty line between them are one command.
 */

import type { Channel } from '../../src/engine/channel.ts';
import { slotDentry } from '../../src/kernel/designs/2023/slots.ts';
import { D } from '../../src/kernel/flags.ts';
import { childrenOf } from '../../src/kernel/inspect/dentry-state.ts';
import { findNode } from '../../src/kernel/inspect/node.ts';
import type { Kern } from '../../src/kernel/kern.ts';
import type { Moved } from '../../src/kernel/sched/observer.ts';
import { DEAD_COUNT } from '../../src/kernel/vfs/dentry.ts';
import { type Act, parseScenario } from '../../src/session/scenario.ts';
import { type Run, runActs, type Watcher, type Where } from './run.ts';

/** One column of a table: what of the kernel it shows. */
export type Cell = (k: Kern) => string;

/** The state at the beginning of a command or after one of its steps. */
interface Row {
  readonly task: string;
  readonly fn: string;
  readonly cells: string;
  readonly oops: string;
}

interface Followed {
  readonly run: Run;
  /** Rows of the transcript that were not met, each with what was; '' = all were. */
  readonly missed: string;
}

/** Runs the commands of a transcript and looks for its rows. */
export function follow(transcript: string, where: Where, cells: readonly Cell[]): Followed {
  const { script, tables } = parseTranscript(transcript);
  const scenario = parseScenario(script);
  if (!scenario.ok) throw new Error(scenario.error.message);
  const recorder = new Recorder(cells);
  const run = runActs(scenario.value.acts, where, recorder);
  const missed = tables.flatMap((table, i) => complaints(table, recorder.acts[i] ?? []));
  return { run, missed: missed.join('\n') };
}

class Recorder implements Watcher {
  /** Rows of each act; those in which nothing changed are left out. */
  readonly acts: Row[][] = [];
  readonly #cells: readonly Cell[];
  #oopses = 0;

  constructor(cells: readonly Cell[]) {
    this.#cells = cells;
  }

  begin(_act: Act, { kernel }: Channel): void {
    this.acts.push([{ task: '', fn: 'before it', cells: this.#now(kernel.k), oops: '' }]);
  }

  step({ task, fn }: Moved, { kernel }: Channel): void {
    const rows = this.acts[this.acts.length - 1] as Row[];
    const cells = this.#now(kernel.k);
    const { oopses } = kernel;
    const oops = oopses.length > this.#oopses ? (oopses[oopses.length - 1]?.kind ?? '') : '';
    this.#oopses = oopses.length;
    if (cells !== rows[rows.length - 1]?.cells || oops !== '') rows.push({ task, fn, cells, oops });
  }

  end(channel: Channel): void {
    this.step({ task: '', fn: 'at rest', waitsFor: undefined, program: 0, isInCall: false }, channel);
  }

  #now(k: Kern): string {
    return this.#cells.map((cell) => cell(k)).join(' | ');
  }
}

interface Expected {
  readonly number: string;
  readonly cells: string;
  readonly oops: string;
}

function parseTranscript(text: string): { readonly script: string; readonly tables: readonly Expected[][] } {
  const tables: Expected[][] = [];
  let script = '';
  let wasCommand = false;
  for (const line of text.split('\n').map((l) => l.trim())) {
    if (line === '') wasCommand = false;
    if (line === '') continue;
    if (line.startsWith('$ ')) {
      if (!wasCommand) tables.push([]);
      script += `${wasCommand ? '' : '\n'}${line.slice(2)}\n`;
      wasCommand = true;
      continue;
    }
    wasCommand = false;
    const [, row = '', oops = ''] = /^(.*?)(?:\s*-> oops (.+))?$/.exec(line) ?? [];
    const [number = '', ...cells] = row.split('|').map((cell) => cell.trim());
    tables[tables.length - 1]?.push({ number, cells: cells.join(' | '), oops });
  }
  return { script, tables };
}

function complaints(table: readonly Expected[], rows: readonly Row[]): string[] {
  let at = 0;
  const out: string[] = [];
  for (const { number, cells, oops } of table) {
    const found = rows.findIndex((row, i) => i >= at && row.cells === cells && (oops === '' || row.oops === oops));
    if (found < 0) out.push(`row ${number} is not met: ${cells}${oops === '' ? '' : `, oops ${oops}`}`);
    else at = found;
  }
  const last = table[table.length - 1];
  if (last !== undefined && rows[rows.length - 1]?.cells !== last.cells) out.push(`row ${last.number} is not the end`);
  const seen = rows.map(
    (r) => `  ${r.task.padEnd(6)} ${r.fn.padEnd(28)} ${r.cells}${r.oops === '' ? '' : ` -> ${r.oops}`}`,
  );
  return out.length === 0 ? [] : [...out, 'it was:', ...seen];
}

const NONE = '—';

/**
 * A dentry: its count, then what is worth a word: in-lookup, unhashed, negative; LRU for an unused one on the LRU; shrink.
 * `dead` from the moment it is killed until its memory is freed. Of several of one name the newest.
 */
export function dentryCell(path: string): Cell {
  let known: { readonly dentry: number; readonly gen: number } | undefined;
  return (k) => {
    const { dentryCache } = k;
    const d =
      findDentry(k, path) ?? (known !== undefined && dentryCache.genOf(known.dentry) === known.gen ? known.dentry : 0);
    if (d === 0) return NONE;
    known = { dentry: d, gen: dentryCache.genOf(d) };
    return stateOf(k, d);
  };
}

function stateOf(k: Kern, d: number): string {
  const flags = k.dentry.flags[d];
  const count = k.dentry.count[d];
  if (count < DEAD_COUNT / 2) return 'dead';
  const words = [String(count)];
  if (flags & D.PAR_LOOKUP) words.push('in-lookup');
  else if ((flags & D.HASHED) === 0) words.push('unhashed');
  else if (k.dentry.inode[d] === 0) words.push('negative');
  if (count === 0 && flags & D.LRU) words.push('LRU');
  if (flags & D.SHRINK) words.push('shrink');
  return words.join(' ');
}

function findDentry(k: Kern, path: string): number | undefined {
  let at: number = k.small.root;
  for (const name of path.split('/')) {
    const atom = k.atoms.intern(name);
    const parent = at;
    const next = [...childrenOf(k, parent)].find((d) => k.dentry.name[d] === atom);
    if (next === undefined) return undefined;
    at = next;
  }
  return at;
}

/** ei->dentry of a directory of eventfs: `null` or `set`; designs without it read as `null`. */
export const slotCell =
  (path: string): Cell =>
  (k) => {
    const desc = findNode(k, path)?.descriptor ?? 0;
    if (desc === 0) return NONE;
    if (k.design.dentryOf === undefined) return 'null';
    return slotDentry(k, { desc, index: -1 }) === 0 ? 'null' : 'set';
  };
