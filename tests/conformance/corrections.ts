/** Applies the rows of the table of exclusions to the values of a step, and keeps count of where each row was needed. */
import type { RawValue } from './compare.ts';
import { type Exclusion, isAt, type Place } from './exclusions.ts';

export interface Value extends RawValue {
  /** The recorded and the modelled value without what a row says is foreign. */
  readonly expected: number | string;
  readonly actual: number | string;
  /** Rows that changed or excused this value. */
  readonly rows: readonly string[];
  /** 'equal' counts as compared, also after a correction; 'excused' does not. */
  readonly verdict: 'equal' | 'excused' | 'mismatch';
}

/** What has to be remembered between the steps of a family: per row and cache, Σ(recorded − model) so far. */
export type RunningSums = Map<string, number>;

export function correct(
  place: Place,
  raw: readonly RawValue[],
  table: readonly Exclusion[],
  sums: RunningSums,
): readonly Value[] {
  const rows = table.filter((row) => isAt(row, place));
  const moved = (side: 'recorded' | 'model') => (name: string) => {
    const value = raw.find((v) => v.name === name)?.[side];
    return typeof value === 'number' ? value : 0;
  };
  const foreign = rows.flatMap(({ id, effect }) =>
    effect.kind === 'foreign'
      ? [
          {
            id,
            recorded: effect.amounts(moved('recorded'), place),
            model: effect.alsoInModel ? effect.amounts(moved('model'), place) : {},
          },
        ]
      : [],
  );
  return raw.map((value): Value => {
    const used: string[] = [];
    let expected = value.recorded;
    let actual = value.model;
    for (const { id, recorded, model } of foreign) {
      const amount = recorded[value.name] ?? 0;
      const own = model[value.name] ?? 0;
      if (typeof expected === 'number') expected -= amount;
      if (typeof actual === 'number') actual -= own;
      if (amount !== own) used.push(id);
    }
    const excuses = rows.filter(({ id, effect }) => {
      if (effect.kind === 'left out') return effect.values.includes(value.name) && expected !== actual;
      if (effect.kind !== 'smeared' || !effect.caches.includes(value.name)) return false;
      if (typeof expected !== 'number' || typeof actual !== 'number' || expected === actual) return false;
      const key = `${id} ${value.name}`;
      const sum = (sums.get(key) ?? 0) + expected - actual;
      sums.set(key, sum);
      return Math.abs(sum) <= effect.within;
    });
    const verdict = expected === actual ? 'equal' : excuses.length > 0 ? 'excused' : 'mismatch';
    return { ...value, expected, actual, rows: [...used, ...excuses.map(({ id }) => id)], verdict };
  });
}
