/** A log entry in words, for those who do not see where it stands. */
import { formatChange } from '../../base/format.ts';
import type { ChannelInfo, LogEntry } from '../../state/protocol.ts';
import { troubleWords } from '../parts/trouble.ts';

/** Some kernel answered with an error. That is a result, not a fault. */
export const hasFailed = (entry: LogEntry): boolean => entry.results.some((result) => result.status !== 0);

/**
 * For a slot of few pixels: paths by their last part, "mkdir i1", "exec 3< sched", "echo 2 > drop_caches". The whole line is
 * in the tooltip and in the name.
 */
export const shortLine = (command: string): string =>
  command.replaceAll(/[^\s'"<>|;&()$]*\/([^\s'"<>|;&()/]+)/g, '$1').replaceAll(/\s+/g, ' ');

/**
 * "Command 4, echo 2 > /proc/sys/vm/drop_caches: −25 dentries on Linux 6.12, no change on Linux 6.1". What changed comes
 * first.
 */
export function entryName(entry: LogEntry, channels: readonly ChannelInfo[]): string {
  if (entry.index === 0) return '0 boot';
  const parts = channels.map(({ title }, i) => {
    const { change, errno } = entry.results[i];
    const { nrDentry } = change;
    const failure = errno === '' ? '' : `, ${errno}`;
    const trouble = troubleWords(entry.results[i]);
    const noun = Math.abs(nrDentry) === 1 ? 'dentry' : 'dentries';
    const words = nrDentry === 0 ? `no change on ${title}` : `${formatChange(nrDentry)} ${noun} on ${title}`;
    const said = trouble === '' ? '' : `${trouble} on ${title}, `;
    return { changed: nrDentry !== 0 || trouble !== '', text: said + words + failure };
  });
  const ordered = [...parts.filter((part) => part.changed), ...parts.filter((part) => !part.changed)];
  return `Command ${entry.index}, ${entry.label}: ${ordered.map((part) => part.text).join(', ')}`;
}
