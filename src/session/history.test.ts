import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_HISTORY, historyOf, logOf, type SavedHistory, withCommand, without } from './history.ts';
import { decodeSaved, encodeSaved, type SavedSession } from './saved-session.ts';
import { DEFAULT_CONFIG } from './session.ts';

const saved = (history: SavedHistory): SavedSession => ({ config: DEFAULT_CONFIG, history });
const branched = withCommand({ ...historyOf(['a', 'b', 'c']), cursor: 1 }, 'd');

describe('a saved history', () => {
  it('goes on from where the person stands', () => {
    expect(logOf(branched)).toEqual(['a', 'd']);
    expect(branched.moments.map(({ command }) => command)).toEqual(['a', 'b', 'c', 'd']);
    expect(logOf({ ...branched, line: branched.line - 1 })).toEqual(['a', 'b', 'c']);
  });

  it('loses a command that is left out, and nothing after it', () => {
    const left = without(historyOf(['a', 'b', 'c']), 2);
    expect([logOf(left), left.cursor]).toEqual([['a', 'c'], 3]);
    expect(logOf(without(left, 3))).toEqual(['a']);
  });

  it('comes back as it was saved', () => {
    for (const history of [EMPTY_HISTORY, historyOf(['a']), branched])
      expect(decodeSaved(encodeSaved(saved(history)))).toEqual(saved(history));
  });

  it('is made of the log that an older explorer saved', () => {
    const old = JSON.stringify({ config: DEFAULT_CONFIG, log: ['a', 'b'] });
    expect(decodeSaved(old)).toEqual(saved(historyOf(['a', 'b'])));
  });

  it('is nothing when it comes from a newer explorer, or hangs in the air', () => {
    expect(decodeSaved(JSON.stringify({ v: 3, session: saved(branched) }))).toBeUndefined();
    const broken: Partial<SavedHistory>[] = [
      { moments: [{ id: 2, parent: 1, command: 'a' }] },
      { moments: [...branched.moments, ...branched.moments] },
      { lines: [9] },
      { line: 99 },
      { cursor: 2 },
      { cursor: 77 },
    ];
    for (const part of broken) expect(decodeSaved(encodeSaved(saved({ ...branched, ...part })))).toBeUndefined();
  });

  it('never throws, whatever the text is', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => decodeSaved(text) === undefined));
  });
});
