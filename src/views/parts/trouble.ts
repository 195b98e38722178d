/** What went wrong in the kernel by a command: bugs that the kernel met, and invariants that it broke without noticing. */
import type { BrokenRule, ChannelResult, LogEntry, Trace, TraceStep } from '../../state/protocol.ts';

export const hasTrouble = ({ oopses, breaches }: ChannelResult): boolean => oopses.length > 0 || breaches.length > 0;

/** Whether any kernel was in trouble: the entry gets the sign of what is broken. */
export const isTroubled = (entry: LogEntry): boolean => entry.results.some(hasTrouble);

/** "kernel bug", "invariant broken"; '' = neither. */
export function troubleWords({ oopses, breaches }: ChannelResult): string {
  if (oopses.length > 0) return 'kernel bug';
  return breaches.length > 0 ? 'invariant broken' : '';
}

/** "I1: d_count of events/kprobes/kp2 is −1" */
export const brokenWords = ({ id, text }: BrokenRule): string => `${id}: ${text}`;

/** Broken for a moment by every lookup or reclaim of the designs before v6.8, harmless or not. */
const PASSING = ['I6', 'I8', 'I16', 'I17'];

/** Whether a step broke what must hold at every step of every design. */
export const breaksForGood = ({ breaches = [] }: TraceStep): boolean =>
  breaches.some(({ id }) => !PASSING.includes(id));

/** Index of the step where it went wrong: the kernel's own report, else the first broken invariant. */
export function troubleStep({ steps }: Trace): number | undefined {
  const oops = steps.findIndex((step) => step.oops !== undefined);
  const at = oops >= 0 ? oops : steps.findIndex(breaksForGood);
  return at < 0 ? undefined : at;
}

/** Section 7 of docs/eventfs-designs.md in a sentence each. */
const INVARIANTS: Readonly<Record<string, string>> = {
  I1: 'No count is ever below 0.',
  I2: 'A count is the number of those who hold the dentry.',
  I3: 'What is referenced is never killed.',
  I4: 'A dentry gets its inode once in its life.',
  I5: 'A name stands in a directory once.',
  I6: 'A name that exists is never found as negative.',
  I7: 'A parent outlives its children.',
  I8: 'A descriptor never points to a dead dentry.',
  I9: 'A dentry never points to a freed descriptor.',
  I10: 'The references of an eventfs_inode are its creation and its dentries.',
  I11: 'A reader never follows a link whose memory is something else by now.',
  I12: 'After all is closed and reclaimed, only what is pinned is left.',
  I13: 'The link count of a directory does not depend on lookups.',
  I14: 'A callback is used only while its event is alive.',
  I15: 'A listing has every entry that was there throughout, once.',
  I16: 'No allocation under eventfs_mutex enters reclaim that wants the mutex.',
  I17: 'A directory can be found only once its private data is set.',
};

/** "No count is ever below 0." for I1; '' = not one of section 7. */
export const invariantRule = ({ id }: BrokenRule): string => INVARIANTS[id] ?? '';
