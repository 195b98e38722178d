/**
 * Compares ways of doing the same thing, side by side in one run. Seconds depend on the machine and on what else it
 * does; the ratio of two variants that took turns does not, so ratios are what the documents quote.
 */
interface Variant {
  readonly name: string;
  /** The work once; what it returns is kept so that the compiler cannot leave the work out. */
  readonly run: () => unknown;
}

export interface Comparison {
  readonly title: string;
  /** The first is the one in use; the others are given as multiples of it. */
  readonly variants: readonly [Variant, ...Variant[]];
}

const ROUNDS = 15;
/** Rounds thrown away while the compiler still warms up. */
const WARM_UP = 3;

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

/** One line a variant: median time, and its ratio to the first. */
export function compare({ title, variants }: Comparison): string {
  const times = variants.map((): number[] => []);
  let kept: unknown;
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    for (const [i, { run }] of variants.entries()) {
      const start = performance.now();
      kept = run();
      if (round >= WARM_UP) times[i]?.push(performance.now() - start);
    }
  }
  if (kept === undefined) throw new Error(`${title}: a variant must return what it made`);
  const medians = times.map(median);
  const width = Math.max(...variants.map(({ name }) => name.length));
  const lines = variants.map(({ name }, i) => {
    const ratio = ((medians[i] ?? 0) / (medians[0] ?? 1)).toFixed(2);
    return `  ${name.padEnd(width)} ${(medians[i] ?? 0).toFixed(2).padStart(9)} ms  × ${ratio}`;
  });
  return [title, ...lines].join('\n');
}
