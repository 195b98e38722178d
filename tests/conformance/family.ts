/** Runs one recorded family on a freshly booted model, step by step, and compares. */
import type { KernelApi } from '../../src/kernel/api.ts';
import { boot } from '../../src/kernel/kernel.ts';
import type { Machine } from '../../src/kernel/machine.ts';
import { compareStep } from './compare.ts';
import { correct, type RunningSums, type Value } from './corrections.ts';
import { EXCLUSIONS, type Place, placeName } from './exclusions.ts';
import { Program } from './program.ts';
import type { Reading, RecordedRun, RecordedStep } from './recorded.ts';
import { translate } from './steps.ts';

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

export function runFamily(machine: Machine, run: RecordedRun): ComparedFamily {
  const kernel = boot(machine, { cpus: run.cpus });
  const program = new Program(kernel);
  const sums: RunningSums = new Map();
  const steps: ComparedStep[] = [];
  const problems: string[] = [];
  kernel.settle();
  let before = read(kernel);
  for (const [n, recorded] of run.steps.entries()) {
    const place: Place = { kernel: run.kernel, family: run.family, i: recorded.i };
    const step = translate({ ...place, step: recorded.step, op: recorded.op, next: run.steps[n + 1] });
    if (step === undefined) throw new Error(`${placeName(place)} is not translated: ${recorded.step} ${recorded.op}`);
    let after: Reading;
    let raw: ReturnType<typeof compareStep>;
    try {
      const outcome = step.run(program);
      kernel.settle();
      after = read(kernel);
      raw = compareStep(recorded, { outcome, before, after }, step.value, run.perSlab);
    } catch (error) {
      problems.push(stopped(place, recorded, program.takeTranscript(), error));
      break;
    }
    steps.push({
      place,
      recorded,
      transcript: program.takeTranscript(),
      values: correct(place, raw.values, EXCLUSIONS, sums),
      shrinks: raw.shrinks,
    });
    before = after;
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
