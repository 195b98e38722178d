import { createHash } from 'node:crypto';

/**
 * So many of them, chosen by the seed, in a mixed order. Each has a place of its own, by its key: where some are others than
 * before, the rest of the sample stays what it was.
 */
export function sampleOf<T>(all: readonly T[], size: number, seed: number, keyOf: (one: T) => string): readonly T[] {
  const placeOf = (one: T): string =>
    createHash('sha256')
      .update(`${seed} ${keyOf(one)}`)
      .digest('hex');
  const drawn = all.map((one) => ({ one, place: placeOf(one) })).sort((a, b) => (a.place < b.place ? -1 : 1));
  return drawn.slice(0, size).map(({ one }) => one);
}
