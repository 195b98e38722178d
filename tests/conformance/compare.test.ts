/** The comparison itself: a model that repeats the recording is equal in everything, and a difference reads like a bug report. */
import { describe, expect, it, vi } from 'vitest';
import { compareStep, grownTo, type ModelStep } from './compare.ts';
import { correct } from './corrections.ts';
import { EXCLUSIONS, type Exclusion } from './exclusions.ts';
import { FAMILIES, type RecordedStep, recordedKernels, recordedRun } from './recorded.ts';
import { complaints } from './report.ts';
import { translate } from './steps.ts';

vi.setConfig({ testTimeout: 60_000 }); // seconds at most, but two cores may run much else

const KERNEL = 'linux-6.12.117-amd64';

/** A model that does what was recorded. */
const repeat = ({ ret, errno, warnings, before, after }: RecordedStep): ModelStep => ({
  outcome: errno === undefined ? { ok: true, value: ret } : { ok: false, errno: errno as 'ENOENT' },
  warnings,
  before,
  after,
});

function compareRecord(family: string, i: number, change: (model: ModelStep) => ModelStep, table = [] as Exclusion[]) {
  const run = recordedRun(KERNEL, family);
  const recorded = run.steps[i] as RecordedStep;
  const place = { kernel: KERNEL, family, i };
  const raw = compareStep(recorded, change(repeat(recorded)), 'none', run.perSlab);
  const values = correct(place, raw.values, table, new Map());
  const step = { place, recorded, transcript: ['close(3) = 0'], values, shrinks: raw.shrinks };
  return { values, text: complaints({ run, steps: [step], problems: [] }) };
}

describe('compareStep', () => {
  it.each(recordedKernels())('finds a repetition of %s equal but for slabs from other CPUs', (kernel) => {
    const unequal = FAMILIES.flatMap((family) => {
      const run = recordedRun(kernel, family);
      return run.steps.flatMap((step, n) => {
        const words = { kernel, family, step: step.step, op: step.op, next: run.steps[n + 1] };
        const raw = compareStep(step, repeat(step), translate(words)?.value ?? 'none', run.perSlab);
        return raw.values.filter(({ recorded, model }) => recorded !== model).map(({ name }) => name);
      });
    });
    expect(unequal.filter((name) => !name.startsWith('num_objs'))).toEqual([]);
    if (kernel === 'linux-6.1.0-56-amd64') expect(unequal).toEqual([]);
    if (kernel === KERNEL) expect(unequal).toEqual(['num_objs of kmalloc-96']);
  });

  it('says what differs as a bug report', () => {
    const closeLater = (model: ModelStep): ModelStep => {
      const filp = model.before.slabs.filp ?? [0, 0];
      return { ...model, after: { counters: model.before.counters, slabs: { ...model.after.slabs, filp } } };
    };
    expect(compareRecord('B', 26, closeLater).text).toMatchInlineSnapshot(`
      "linux-6.12.117-amd64 B@26  close: close first fd
          close(3) = 0
                     recorded  model
          nr_unused        +1      0
               filp        -1      0"
    `);
  });

  it('compares the error, not only that there was one', () => {
    const wrong = compareRecord('B', 86, (model) => ({ ...model, outcome: { ok: false, errno: 'EACCES' } }));
    expect(wrong.text).toMatchInlineSnapshot(`
      "linux-6.12.117-amd64 B@86  unlink: unlink events/sched/sched_switch/enable
          close(3) = 0
                 recorded   model
          errno     EPERM  EACCES"
    `);
  });

  it('fails a cache that only the model touched', () => {
    const leak = (model: ModelStep): ModelStep => ({
      ...model,
      after: { ...model.after, slabs: { ...model.after.slabs, 'kmalloc-2k': [1, 16] } },
      before: { ...model.before, slabs: { ...model.before.slabs, 'kmalloc-2k': [0, 16] } },
    });
    expect(compareRecord('B', 26, leak).values.filter(({ verdict }) => verdict === 'mismatch')).toMatchObject([
      { name: 'kmalloc-2k', recorded: 0, model: 1 },
    ]);
  });
});

describe('correct', () => {
  const unmoved = (model: ModelStep): ModelStep => ({ ...model, after: model.before });

  it('subtracts what is foreign and names the row', () => {
    const { values, text } = compareRecord('C', 13, unmoved, [...EXCLUSIONS]);
    expect(text).toBe('');
    expect(values.every(({ rows }) => rows.length === 0)).toBe(true);
    const drop = compareRecord('E', 8, unmoved, [...EXCLUSIONS]);
    expect(drop.text).toBe('');
    expect(drop.values.filter(({ rows }) => rows.includes('X1')).map(({ name }) => name)).toEqual([
      ...['nr_dentry', 'nr_unused', 'nr_inodes', 'proc_inode_cache', 'dentry', 'lsm_inode_cache'],
    ]);
  });

  it('fails when a row says that something is foreign and it was not there', () => {
    const row: Exclusion = {
      id: 'T1',
      reason: 'test',
      where: { [KERNEL]: ['B@26'] },
      effect: { kind: 'foreign', amounts: () => ({ filp: -1 }) },
      steps: {},
    };
    expect(compareRecord('B', 26, (model) => model, [row]).text).toContain('filp (T1)');
  });

  it('lets a smeared cache wander no further than it may', () => {
    const row: Exclusion = {
      id: 'T2',
      reason: 'test',
      where: { [KERNEL]: ['A'] },
      effect: { kind: 'smeared', caches: ['kmalloc-512'], within: 4, sumIsExact: true },
      steps: {},
    };
    const place = { kernel: KERNEL, family: 'A', i: 9 };
    const sums = new Map<string, number>();
    const verdicts = [4, 0, -4, 5].map(
      (recorded) => correct(place, [{ name: 'kmalloc-512', recorded, model: 0 }], [row], sums)[0]?.verdict,
    );
    expect(verdicts).toEqual(['excused', 'equal', 'excused', 'mismatch']);
    expect(sums.get('T2 kmalloc-512')).toBe(5);
  });
});

describe('grownTo (rule 48)', () => {
  it.each([
    [[953, 1197], 1197, 21, 1197],
    [[953, 1197], 1198, 21, 1218],
    [[0, 0], 1, 64, 64],
    [[1197, 1197], 1260, 21, 1260],
  ] as const)('%j to %i active, %i a slab: %i', (before, active, perSlab, num) => {
    expect(grownTo(before, active, perSlab)).toBe(num);
  });
});
