/** Who holds a dentry, in words: docs/visual-design.md, "Who holds it". */
import { formatCount, plural } from '../../base/format.ts';
import type { Holder, Holders, RowRef } from '../../state/protocol.ts';

/** "fd 3"; with the task where that is not the shell of the person. */
const fdWords = ({ task, fd }: Holder['fds'][number]): string =>
  task === 'shell' ? `fd ${fd}` : `fd ${fd} of ${task}`;

const fds = ({ fds: all }: Holder): string =>
  all.length === 0 ? 'a task at open or close' : all.map(fdWords).join(', ');

const KINDS: Readonly<Record<Holder['kind'], (holder: Holder) => string>> = {
  creation: () => 'its creation, until it is removed',
  child: ({ name }) => (isCursor(name) ? 'the cursor of an open directory' : 'child'),
  file: (holder) => `open file, ${fds(holder)}`,
  cursor: (holder) => `cursor of the open directory, ${fds(holder)}`,
  opened: (holder) => `array of the open directory, ${fds(holder)}`,
  cwd: ({ name }) => `working directory of ${name}`,
  call: ({ name, times }) => `task ${name} in a call${times > 1 ? `, ${formatCount(times)} times` : ''}`,
  instantiate: () => 'the dentry of the inode',
  fd: (holder) => fds(holder),
  d_fsdata: () => 'd_fsdata',
};

const isCursor = (path: string): boolean => path.endsWith('(cursor)');

/** "child"; "open file, fd 3". What the name beside it says is left out. */
export const holderWords = (holder: Holder): string => KINDS[holder.kind](holder);

/** The path of a holder that has a row of its own, which can be chosen. */
export function rowOf({ kind, name }: Holder): string | undefined {
  const isRow = kind === 'child' || kind === 'cursor' || kind === 'opened';
  return isRow && !isCursor(name) ? name : undefined;
}

/** The last name of a path, for a link. */
export const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Why there is nobody to name; undefined = there may be. */
export function nobodyWords(ref: RowRef | undefined, fate: string | undefined): string | undefined {
  if (fate === 'freed') return 'freed: nobody holds it any more.';
  if (fate === 'not made') return 'not made yet here.';
  if (ref === undefined || fate === undefined) return 'not in this kernel.';
  return ref.dentry === undefined ? 'no dentry: there is nothing to hold.' : undefined;
}

/** What the holders do not account for; undefined = they are as many as d_count says. */
export function wrongCount({ count, held }: Holders): string | undefined {
  if (count === undefined || count === held) return undefined;
  return count > held
    ? `${plural(count - held, 'reference')} that nobody holds`
    : `${plural(held - count, 'reference')} too few in d_count`;
}
