/** Runs one recorded family on a freshly booted model, step by step, and compares. */
import type { KernelApi } from '../../src/kernel/api.ts';
import { boot } from '../../src/kernel/kernel.ts';
import type { Machine } from '../../src/kernel/machine.ts';
import { compareStep } from './compare.ts';
import { correct, type RunningSums, type Value } from './corrections.ts';
import { EXCLUSIONS, type Place, placeName } from './exclusions.ts';
import { type Outcome, Program } from './program.ts';
import type { Reading, RecordedRun, RecordedStep } from './recorded.ts';
import { type TranslatedStep, translate } from './steps.ts';

export interface ComparedStep {
  readonly place: Place;
  readonly recorded: RecordedStep;
  readonly transcript: readonly string[];
  readonly values: readonly Value[];
  readonly shrinks: readonly boolean[];
}

export interface ComparedFamily {
  readonly run: RecordedRun;
  readonly steps: readonly ComparedStep[];
  /** What is wrong with the family as a whole: running sums that do not end at 0, or the model giving up. */
  readonly problems: readonly string[];
}

/** What doing a record gave, and what of it is compared. */
export interface Done {
  readonly outcome: Outcome;
  readonly value: TranslatedStep['value'];
}

export interface Driver {
  /** Does a record. Undefined: this is as far as the driver goes, the records that are left are not compared. */
  step(recorded: RecordedStep, n: number): Done | undefined;
  /** The calls or lines of the step, for a mismatch. */
  takeTranscript(): readonly string[];
}

/** The recorded program. */
function programDriver(run: RecordedRun, kernel: KernelApi): Driver {
  const program = new Program(kernel);
  return {
    step({ step, op }, n) {
      const { kernel: id, family } = run;
      const translated = translate({ kernel: id, family, step, op, next: run.steps[n + 1] });
      if (translated === undefined) throw new Error(`not translated: ${step} ${op}`);
      return { outcome: translated.run(program), value: translated.value };
    },
    takeTranscript: () => program.takeTranscript(),
  };
}

export function runFamily(machine: Machine, run: RecordedRun, makeDriver = programDriver): ComparedFamily {
  const kernel = boot(machine, { cpus: run.cpus });
  const driver = makeDriver(run, kernel);
  const sums: RunningSums = new Map();
  const steps: ComparedStep[] = [];
  const problems: string[] = [];
  kernel.settle();
  let before = read(kernel);
  for (const [n, recorded] of run.steps.entries()) {
    const place: Place = { kernel: run.kernel, family: run.family, i: recorded.i };
    try {
      const logged = kernel.kmsg.length;
      const done = driver.step(recorded, n);
      if (done === undefined) break;
      kernel.settle();
      const after = read(kernel);
      const warnings = kernel.kmsg.slice(logged).filter((line) => !line.startsWith(' '));
      const model = { outcome: done.outcome, warnings, before, after };
      const raw = compareStep(recorded, model, done.value, run.perSlab);
      const values = correct(place, raw.values, EXCLUSIONS, sums);
      steps.push({ place, recorded, transcript: driver.takeTranscript(), values, shrinks: raw.shrinks });
      before = after;
    } catch (error) {
      problems.push(stopped(place, recorded, driver.takeTranscript(), error));
      break;
    }
  }
  return { run, steps, problems: [...problems, ...openSums(sums)] };
}

/** A copy: the kernel may hand out its own tables. */
function read(kernel: KernelApi): Reading {
  return { counters: { ...kernel.counters() }, slabs: { ...kernel.slabs() } };
}

function stopped(place: Place, { op }: RecordedStep, transcript: readonly string[], error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [`${placeName(place)} ${op}: the model gave up`, ...transcript, text].join('\n    ');
}

function openSums(sums: RunningSums): string[] {
  return EXCLUSIONS.flatMap(({ id, effect }) => {
    if (effect.kind !== 'smeared' || !effect.sumIsExact) return [];
    return effect.caches.flatMap((cache) => {
      const sum = sums.get(`${id} ${cache}`) ?? 0;
      return sum === 0 ? [] : [`${id}: over the whole family ${cache} moved by ${sum} more than in the model`];
    });
  });
}
