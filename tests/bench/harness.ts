/**
 * Measures, in one run and taking turns, so that what else the machine does falls on all alike. Seconds depend on the
 * machine; the ratio of two variants that took turns does not, so ratios are what the documents quote.
 */
interface Variant {
  readonly name: string;
  /** Brings about what `run` starts from; not measured. */
  readonly prepare?: () => unknown;
  /** The work once; what it returns is kept so that the compiler cannot leave the work out. */
  readonly run: () => unknown;
}

/** Ways of doing the same thing. */
export interface Comparison {
  readonly title: string;
  /** The first is the one in use; the others are given as multiples of it. */
  readonly variants: readonly [Variant, ...Variant[]];
}

/** Figures by the name that docs/performance.md follows them by; one measurement may yield several. */
export interface Measurement {
  readonly title: string;
  readonly measure: () => Figures | Promise<Figures>;
}
export type Figures = Readonly<Record<string, number>>;

/** What a file of tests/bench exports. */
export interface Bench {
  readonly comparisons?: readonly Comparison[];
  readonly measurements?: readonly Measurement[];
}

const COMPARED_ROUNDS = 15;
const PAIRED_ROUNDS = 9;
/** Rounds thrown away while the compiler still warms up. */
const WARM_UP = 3;

export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

/** Milliseconds of one run. */
export function timeOf({ prepare, run }: Omit<Variant, 'name'>): number {
  prepare?.();
  const start = performance.now();
  const kept = run();
  const ms = performance.now() - start;
  if (kept === undefined) throw new Error('a variant must return what it made');
  return ms;
}

/** Variant → its times in every round, the variants taking turns. */
function roundsOf(variants: readonly Omit<Variant, 'name'>[], rounds: number, repeat: number): number[][] {
  const times = variants.map((): number[] => []);
  for (let round = 0; round < rounds + WARM_UP; round++) {
    for (const [i, variant] of variants.entries()) {
      let ms = 0;
      for (let n = 0; n < repeat; n++) ms += timeOf(variant);
      if (round >= WARM_UP) times[i]?.push(ms);
    }
  }
  return times;
}

/** Time of the first ÷ time of the second: median of nine rounds. `repeat`: runs in a round, where one is too short to time. */
export function ratioOf(
  first: Omit<Variant, 'name'>,
  second: Omit<Variant, 'name'>,
  { repeat = 1, rounds = PAIRED_ROUNDS } = {},
): number {
  const [a = [], b = []] = roundsOf([first, second], rounds, repeat);
  return median(a.map((ms, i) => ms / b[i]));
}

/** Variant → median time in ms. */
export function compare({ variants }: Comparison): readonly { readonly name: string; readonly ms: number }[] {
  const times = roundsOf(variants, COMPARED_ROUNDS, 1);
  return variants.map(({ name }, i) => ({ name, ms: median(times[i]) }));
}
