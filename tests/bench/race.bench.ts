/** How fast interleavings can be tried, beside the fastest that generators allow. */
import { type Measurement, ratioOf } from './harness.ts';
import { TwoTasks } from './race.ts';

const RUNS = 100;
/** As deep as a system call of the model: getdents, iterate_dir, the design, lookup, lock. */
const DEPTH = 8;

function* bare(steps: number, depth = DEPTH): Generator<string, number, void> {
  if (depth > 1) return yield* bare(steps, depth - 1);
  for (let step = 0; step < steps; step++) yield 'step';
  return steps;
}

function drive(steps: number): number {
  const generator = bare(steps);
  let taken = 0;
  while (generator.next().done !== true) taken++;
  return taken;
}

function race(): number {
  const tasks = new TwoTasks();
  const start = tasks.kernel.snapshot();
  const steps = tasks.run();
  tasks.kernel.restore(start);
  return ratioOf(
    { run: () => drive(steps) },
    {
      run: () => {
        const taken = tasks.run();
        tasks.kernel.restore(start);
        return taken;
      },
    },
    { repeat: RUNS },
  );
}

export const measurements: readonly Measurement[] = [
  {
    title: 'steps a second of two tasks that take turns, restore included ÷ those of a bare generator',
    measure: () => ({ 'race.steps/bare-generator': race() }),
  },
];
