/** A kernel bug in plain words: what the report means, and what it leaves behind. */
import type { Oops, OopsKind } from '../../state/protocol.ts';

/** What the function that met the bug is for, and how it can come to that. */
const BY_FUNCTION: readonly (readonly [fn: string, kinds: readonly OopsKind[], text: string])[] = [
  [
    'd_instantiate',
    ['BUG'],
    'd_instantiate gives a dentry its inode, once in its life. This dentry had one already: another task had made the same entry in the meantime.',
  ],
  [
    'dput',
    ['WARN', 'underflow'],
    'dput drops a reference, and there was none left to drop. Somebody has dropped a reference that was not theirs.',
  ],
];

const BY_KIND: Readonly<Record<OopsKind, string>> = {
  BUG: 'The kernel found a state that can never be right, and stopped the task where it stood.',
  WARN: 'The kernel found a state that should not be, said so, and went on.',
  'null dereference': 'A pointer that should lead to an object led nowhere, and the task followed it.',
  'bad pointer': 'A pointer held something that is no address of an object, and the task followed it.',
  'use after free': 'A task used memory that had been given back. By now it may be part of something else.',
  underflow: 'A count fell below what is possible: more references were dropped than were ever taken.',
  deadlock: 'A task waits for what nobody will ever give: who could give it waits as well, or is dead.',
  leak: 'Memory is left that nobody will ever give back: neither reclaim nor a removal comes to it.',
};

/** Two or three sentences; `symptom` is what the scenario says of this bug. */
export function explain(oops: Oops, symptom: string | undefined): string {
  const [fn = ''] = oops.stack;
  const special = BY_FUNCTION.find(
    ([name, kinds]) => (fn === name || oops.text.includes(name)) && kinds.includes(oops.kind),
  );
  const first = special?.[2] ?? BY_KIND[oops.kind];
  const fate = oops.fatal ? `Task ${oops.task} died of it.` : '';
  return [first, fate, symptom ?? ''].filter((text) => text !== '').join(' ');
}

/** What a dead task keeps, each once. */
export const allLeftWords = (left: readonly string[]): readonly string[] => [...new Set(left.map(leftWords))];

/** A lock nobody gets, a grace period that never ends. */
export function leftWords(lock: string): string {
  if (lock.endsWith('srcu'))
    return `a read section of ${lock}: no grace period ends any more, and what waits for one is never freed`;
  if (lock.endsWith('(shared)')) return `${lock}: nobody can create or remove anything there`;
  if (lock.endsWith('(exclusive)')) return `${lock}: nobody can look anything up there`;
  if (lock === 'f_pos_lock') return 'f_pos_lock of its open file: no other thread can read from it';
  return `${lock}: whoever wants it waits for ever`;
}
