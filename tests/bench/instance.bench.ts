/** What an instance costs, native tracefs of Linux 6.1: alone, and as one of a thousand. */
import { Volume } from 'memfs';
import { type Measurement, median, ratioOf } from './harness.ts';
import { Bed, NATIVE } from './machines.ts';

const MANY = 1000;

function mkdirBesideMemfs(): number {
  const bed = new Bed(NATIVE);
  bed.mkdir('b');
  const tree = [...bed.tree('instances/b')].map(({ path, isDir }) => ({ path: `/${path}`, isDir }));
  let volume = new Volume();
  return ratioOf(
    { prepare: () => bed.rmdir('b'), run: () => bed.mkdir('b') },
    {
      prepare: () => {
        volume = new Volume();
        volume.mkdirSync('/instances');
      },
      run: () => {
        volume.mkdirSync('/instances/b');
        for (const { path, isDir } of tree) {
          if (isDir) volume.mkdirSync(path);
          else volume.writeFileSync(path, '');
        }
        return volume;
      },
    },
  );
}

/** Milliseconds of processor, so that one mkdir among a thousand is not slow because another program ran. */
function cpuMs(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function aThousand(): Readonly<Record<string, number>> {
  const [many, alone] = [new Bed(NATIVE), new Bed(NATIVE)];
  const name = (n: number) => `i${n}`;
  const times = Array.from({ length: MANY }, (_, n) => cpuMs(() => many.mkdir(name(n))));
  const one = name(MANY >> 1);
  alone.mkdir(one);
  const line = `ls -lR instances/${one}`;
  return {
    'instance.bytes-per-pair': many.kernel.k.arena.usedBytes / many.kernel.counters().nrDentry,
    'instance.worst-mkdir/median': Math.max(...times) / median(times),
    'instance.ls-lR-of-1000/alone': ratioOf({ run: () => many.sh(line) }, { run: () => alone.sh(line) }),
  };
}

export const measurements: readonly Measurement[] = [
  {
    title: 'mkdir of a native instance ÷ the same tree made in memfs',
    measure: () => ({ 'instance.mkdir-native/memfs': mkdirBesideMemfs() }),
  },
  { title: `${MANY} native instances`, measure: aThousand },
];
