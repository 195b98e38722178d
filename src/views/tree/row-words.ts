/** What a row of the tree is called, by assistive technology and in tooltips. The exact form stands in docs/visual-design.md. */
import { formatCount, plural } from '../../base/format.ts';
import type { Cell, ChannelInfo, NodeState, TreeRow, TreeWindow } from '../../state/protocol.ts';
import { stateMeaning, stateWord } from '../marks/state-words.ts';

const LRU_WORDS = ['', ', on the LRU', ', on the LRU, referenced'] as const;

/** "held, d_count 2" */
function stateWords({ state, count }: Cell): string {
  return count === undefined ? stateWord(state) : `${stateWord(state)}, d_count ${formatCount(count)}`;
}

/** "cached, d_count 0, on the LRU" */
export const cellWords = (cell: Cell): string => stateWords(cell) + LRU_WORDS[cell.lru];

/** "cached, d_count 0, on the LRU: kept by nobody, reclaim frees it", for a tooltip. */
export const cellHint = (cell: Cell): string => `${cellWords(cell)}: ${stateMeaning(cell.state)}`;

/** A chip beside a name: an open descriptor or the working directory. */
export interface ChipText {
  readonly text: string;
  readonly spoken: string;
}

/** What is open on a row. Where kernels differ the chip says on which it is. */
export function chipsOf(row: TreeRow, channels: readonly ChannelInfo[], shown: readonly number[]): ChipText[] {
  const cells = shown.map((channel) => ({ info: channels[channel], cell: row.cells[channel] }));
  const chip = (text: string, is: (cell: Cell) => boolean): ChipText => {
    const on = cells.filter(({ cell }) => is(cell)).map(({ info }) => info);
    if (on.length === cells.length) return { text, spoken: text };
    const letters = on.map(({ letter }) => letter).join(' ');
    return { text: `${text} ${letters}`, spoken: `${text} on ${on.map(({ title }) => title).join(' and ')}` };
  };
  const fds = [...new Set(cells.flatMap(({ cell }) => cell.fds))].sort((a, b) => a - b);
  const chips = fds.map((fd) => chip(`fd ${fd}`, (cell) => cell.fds.includes(fd)));
  return cells.some(({ cell }) => cell.cwd) ? [...chips, chip('cwd', (cell) => cell.cwd)] : chips;
}

/** "sched, directory, fd 3; Linux 6.1: pinned, d_count 33; Linux 6.12: held, d_count 2" */
export function rowName(row: TreeRow, channels: readonly ChannelInfo[], shown: readonly number[]): string {
  const kind = row.kind === 'dir' ? 'directory' : 'file';
  const subject = [row.name, kind, ...chipsOf(row, channels, shown).map(({ spoken }) => spoken)].join(', ');
  const states = shown.map((channel) => `${channels[channel].title}: ${stateWords(row.cells[channel])}`);
  return [subject, ...states].join('; ');
}

const MARK_WORDS = {
  new: 'new by the last command',
  gone: 'gone by the last command',
  changed: 'changed by the last command',
} as const;

export const markWords = (mark: TreeRow['mark']): string | undefined =>
  mark === undefined ? undefined : MARK_WORDS[mark];

/** "204 found, 10,510 hidden"; undefined where nothing is filtered for. */
export function foundWords(tree: TreeWindow | undefined): string | undefined {
  if (tree?.hits === undefined) return undefined;
  return `${formatCount(tree.hits)} found, ${formatCount(tree.hidden)} hidden`;
}

/** “No name contains “xyz”. 10,714 entries hidden.” */
export function nothingFound(nameFilter: string, states: readonly NodeState[], hidden: number): string {
  const inState = states.map((state) => stateWord(state)).join(' or ');
  const hiddenWords = `${plural(hidden, 'entry', 'entries')} hidden.`;
  if (nameFilter === '') return `No entry is ${inState}. ${hiddenWords}`;
  const which = states.length === 0 ? 'name' : `name of an entry that is ${inState}`;
  return `No ${which} contains “${nameFilter}”. ${hiddenWords}`;
}
