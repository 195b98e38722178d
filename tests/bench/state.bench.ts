/** What it costs to go back, to keep and to name a state. */
import { type Measurement, median, ratioOf, timeOf } from './harness.ts';
import { Bed, NATIVE } from './machines.ts';
import { TwoTasks } from './race.ts';

const RUNS = 50;

/** Every round goes back over what a person could have done in between. */
function restoreBesideCopy(): number {
  const bed = new Bed('small', 'v6.12');
  const change = () => {
    bed.sh('mkdir instances/a; ls -R; rmdir instances/a');
  };
  change();
  const start = bed.kernel.snapshot();
  const bytes = new Uint8Array(bed.kernel.k.arena.usedBytes);
  const copy = new Uint8Array(bytes.length);
  const restore = () => {
    bed.kernel.restore(start);
    return start;
  };
  return ratioOf(
    { prepare: change, run: restore },
    {
      prepare: () => {
        change();
        restore();
      },
      run: () => {
        copy.set(bytes);
        return copy;
      },
    },
    { repeat: RUNS },
  );
}

/** A hash after every step of a race, in steps. */
function hashBesideStep(): number {
  const tasks = new TwoTasks();
  const start = tasks.kernel.snapshot();
  const from = (isHashed: boolean) => () => {
    tasks.kernel.track(isHashed);
    tasks.kernel.restore(start);
  };
  const hashed = ratioOf(
    { prepare: from(true), run: () => tasks.run(() => tasks.kernel.hash()) },
    { prepare: from(false), run: () => tasks.run() },
  );
  return hashed - 1;
}

const INSTANCES = 100;
const SNAPSHOTS = 9;

/** Each snapshot follows one command on the state that was kept before it. */
function snapshotOfMany(): number {
  const bed = new Bed(NATIVE);
  for (let n = 0; n < INSTANCES; n++) bed.mkdir(`i${n}`);
  let kept = bed.kernel.snapshot();
  const times = Array.from({ length: SNAPSHOTS + 1 }, (_, n) =>
    timeOf({
      prepare: () => (n % 2 === 0 ? bed.rmdir('i0') : bed.mkdir('i0')),
      run: () => {
        kept = bed.kernel.snapshot();
        return kept;
      },
    }),
  );
  return median(times.slice(1));
}

export const measurements: readonly Measurement[] = [
  {
    title: 'restore of the small machine ÷ a flat copy of its bytes',
    measure: () => ({ 'state.restore/copy': restoreBesideCopy() }),
  },
  {
    title: 'hash of the small machine ÷ a step of a race on it',
    measure: () => ({ 'state.hash/step': hashBesideStep() }),
  },
  {
    title: `snapshot of ${INSTANCES} native instances after one mkdir or rmdir`,
    measure: () => ({ 'snapshot.100-native-ms': snapshotOfMany() }),
  },
];
