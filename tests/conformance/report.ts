/** The comparison in figures (for the app and the end of the test run) and in words (for whoever has to fix a mismatch). */
import type { Value } from './corrections.ts';
import { EXCLUSIONS, placeName } from './exclusions.ts';
import type { ComparedFamily, ComparedStep } from './family.ts';

/** public/kernels/<kernel>/conformance.json: what the header of the app says about a kernel. */
export interface KernelReport {
  readonly kernel: string;
  readonly families: readonly string[];
  readonly steps: { readonly compared: number; readonly equal: number };
  readonly values: { readonly compared: number; readonly equal: number };
  /** Row of tests/conformance/exclusions.ts → steps it concerns. */
  readonly excluded: Readonly<Record<string, number>>;
  /** Values that a row leaves out. */
  readonly valuesExcluded: number;
  /** Of the caches that shrank, how many gave back as many slabs as recorded. Not determined by the recording. */
  readonly slabsGivenBackAlike: { readonly of: number; readonly alike: number };
}

const isMismatch = ({ verdict }: Value): boolean => verdict === 'mismatch';
const stepIsEqual = ({ values }: ComparedStep): boolean => !values.some(isMismatch);

export function kernelReport(kernel: string, families: readonly ComparedFamily[]): KernelReport {
  const steps = families.flatMap((family) => family.steps);
  const values = steps.flatMap((step) => step.values);
  const shrinks = steps.flatMap((step) => step.shrinks);
  const excused = values.filter(({ verdict }) => verdict === 'excused').length;
  const excluded = EXCLUSIONS.map(({ id }) => [id, steps.filter((step) => concerns(step, id)).length] as const);
  return {
    kernel,
    families: families.map(({ run }) => run.family),
    steps: { compared: steps.length, equal: steps.filter(stepIsEqual).length },
    values: { compared: values.length - excused, equal: values.filter(({ verdict }) => verdict === 'equal').length },
    excluded: Object.fromEntries(excluded.filter(([, count]) => count > 0)),
    valuesExcluded: excused,
    slabsGivenBackAlike: { of: shrinks.length, alike: shrinks.filter((alike) => alike).length },
  };
}

const concerns = ({ values }: ComparedStep, row: string): boolean => values.some(({ rows }) => rows.includes(row));

/** The places at which a row was needed, for a wrong count in the table. */
export function placesOf(families: readonly ComparedFamily[], row: string): string[] {
  return families.flatMap(({ steps }) => steps.filter((s) => concerns(s, row)).map(({ place }) => placeName(place)));
}

/** One line a kernel for the end of the test run. */
export function summary({
  kernel,
  steps,
  values,
  excluded,
  valuesExcluded,
  slabsGivenBackAlike,
}: KernelReport): string {
  const share = slabsGivenBackAlike.of === 0 ? 100 : (100 * slabsGivenBackAlike.alike) / slabsGivenBackAlike.of;
  return (
    `${kernel}: ${steps.compared} steps compared, ${steps.equal} equal; ${values.compared} values compared, ` +
    `${values.equal} values equal; rows excluded: ${Object.keys(excluded).length}, ${valuesExcluded} values; ` +
    `slabs given back alike: ${share.toFixed(1)} %`
  );
}

const MOST_STEPS_SHOWN = 15;

/** Empty when all is equal; else the mismatches of a family, each as a bug report. */
export function complaints({ run, steps, problems }: ComparedFamily): string {
  const wrong = steps.filter((step) => !stepIsEqual(step));
  const shown = wrong.slice(0, MOST_STEPS_SHOWN).map((step) => complaint(run.kernel, step));
  const more = wrong.length > shown.length ? [`… and ${wrong.length - shown.length} more steps`] : [];
  return [...shown, ...more, ...problems].join('\n\n');
}

function complaint(kernel: string, { place, recorded, transcript, values }: ComparedStep): string {
  const wrong = values.filter(isMismatch).map(({ name, expected, actual, rows }) => ({
    name: rows.length === 0 ? name : `${name} (${rows.join(', ')})`,
    recorded: signed(name, expected),
    model: signed(name, actual),
  }));
  const header = { name: '', recorded: 'recorded', model: 'model' };
  const width = (key: keyof typeof header) => Math.max(...[header, ...wrong].map((line) => line[key].length));
  const lines = [header, ...wrong].map(
    (line) =>
      `    ${line.name.padStart(width('name'))}  ${line.recorded.padStart(width('recorded'))}  ${line.model.padStart(width('model'))}`,
  );
  const calls = transcript.map((call) => `    ${call.replaceAll('/sys/kernel/tracing/', '')}`);
  return [`${kernel} ${placeName(place)}  ${recorded.step}: ${recorded.op}`, ...calls, ...lines].join('\n');
}

const signed = (name: string, value: number | string): string =>
  typeof value === 'string' || value <= 0 || /^(entries|stat|bytes|descriptor|num_objs)/.test(name)
    ? String(value)
    : `+${value}`;
