/** The mulberry32 generator: numbers from 0 to 1 that depend on the seed only. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many of them, chosen by the seed, in a mixed order. */
export function sampleOf<T>(all: readonly T[], size: number, seed: number): readonly T[] {
  const random = randomFrom(seed);
  const drawn = all.map((one) => ({ one, place: random() })).sort((a, b) => a.place - b.place);
  return drawn.slice(0, size).map(({ one }) => one);
}
