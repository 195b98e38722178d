/**
 * What one recorded step says against what the model did: outcome, the four counters, active objects of the caches, and
 * how num_objs grew. Nothing is excused here; corrections.ts does that from the table of exclusions.
 */
import type { Counters } from '../../src/kernel/api.ts';
import type { Outcome } from './program.ts';
import type { Reading, RecordedStep } from './recorded.ts';
import type { TranslatedStep } from './steps.ts';

/** Names of the counters as /proc has them. */
const COUNTERS: readonly (readonly [name: string, key: keyof Counters])[] = [
  ['nr_dentry', 'nrDentry'],
  ['nr_unused', 'nrUnused'],
  ['nr_negative', 'nrNegative'],
  ['nr_inodes', 'nrInodes'],
];

/**
 * Caches compared at every step: those in which tracefs, eventfs, an event descriptor, an instance or an open file
 * allocates. Any other cache is compared at the steps where it moved on either side.
 */
const CACHES = [
  ...['dentry', 'inode_cache', 'tracefs_inode_cache', 'lsm_inode_cache', 'lsm_file_cache', 'filp', 'seq_file'],
  ...['trace_event_file', 'ftrace_event_field', 'kmalloc-rcl-64'],
  ...['kmalloc-8', 'kmalloc-16', 'kmalloc-32', 'kmalloc-64', 'kmalloc-96', 'kmalloc-128', 'kmalloc-192'],
  ...['kmalloc-256', 'kmalloc-512', 'kmalloc-1k', 'kmalloc-4k', 'kmalloc-8k', 'kmalloc-cg-4k'],
];

/** A step of the model: what its last call returned, and the readings around it. */
export interface ModelStep {
  readonly outcome: Outcome;
  /** Lines that appeared in the kernel log, call traces left out. */
  readonly warnings: readonly string[];
  readonly before: Reading;
  readonly after: Reading;
}

/** One value of both sides. Counters and caches are differences between the readings before and after the step. */
export interface RawValue {
  readonly name: string;
  readonly recorded: number | string;
  readonly model: number | string;
}

export interface RawStep {
  readonly values: readonly RawValue[];
  /** For each cache that shrank on both sides: whether num_objs changed alike. Reported, not required (rule 49). */
  readonly shrinks: readonly boolean[];
}

export function compareStep(
  recorded: RecordedStep,
  model: ModelStep,
  value: TranslatedStep['value'],
  perSlab: Readonly<Record<string, number>>,
): RawStep {
  const values: RawValue[] = [...outcomeValues(recorded, model.outcome, value)];
  const [warned, modelWarned] = [recorded.warnings.join('; '), model.warnings.join('; ')];
  if (warned !== '' || modelWarned !== '') values.push({ name: 'kernel log', recorded: warned, model: modelWarned });
  for (const [name, key] of COUNTERS) {
    const delta = ({ before, after }: ModelStep | RecordedStep) => after.counters[key] - before.counters[key];
    values.push({ name, recorded: delta(recorded), model: delta(model) });
  }
  const names = new Set([...Object.keys(recorded.after.slabs), ...Object.keys(model.after.slabs)]);
  const shrinks: boolean[] = [];
  for (const name of names) {
    const delta = { recorded: activeDelta(recorded, name), model: activeDelta(model, name) };
    const isCompared = CACHES.includes(name);
    if (isCompared || delta.recorded !== 0 || delta.model !== 0) values.push({ name, ...delta });
    if (isCompared && delta.recorded > 0) values.push(growth(name, recorded, model, perSlab[name]));
    if (isCompared && delta.recorded < 0 && delta.recorded === delta.model)
      shrinks.push(numDelta(recorded, name) === numDelta(model, name));
  }
  return { values, shrinks };
}

/** Success or errno, and where the record's return value means something, that value. */
function outcomeValues(recorded: RecordedStep, outcome: Outcome, value: TranslatedStep['value']): readonly RawValue[] {
  const error = { name: 'errno', recorded: recorded.errno ?? 'none', model: outcome.ok ? 'none' : outcome.errno };
  if (recorded.errno !== undefined || !outcome.ok) return [error];
  return value === 'none' ? [error] : [error, { name: value, recorded: recorded.ret, model: outcome.value }];
}

/**
 * Rule 48: free places are used first, then whole slabs are added. Applied to what was recorded before the step it must
 * give what was recorded after it; and the model must have grown by the same rule from its own state.
 */
export function grownTo([, num]: readonly [number, number], active: number, perSlab: number): number {
  return active <= num ? num : num + Math.ceil((active - num) / perSlab) * perSlab;
}

function growth(name: string, recorded: RecordedStep, model: ModelStep, perSlab: number | undefined): RawValue {
  if (perSlab === undefined) throw new Error(`no geometry was recorded for ${name}`);
  const modelled = { before: row(model.before, name), after: row(model.after, name) };
  const ownRule = grownTo(modelled.before, modelled.after[0], perSlab);
  const grew = modelled.after[0] > modelled.before[0];
  return {
    name: `num_objs of ${name}`,
    recorded: row(recorded.after, name)[1],
    model:
      grew && modelled.after[1] !== ownRule
        ? `${modelled.before.join('/')} grew to ${modelled.after.join('/')}, not …/${ownRule}`
        : grownTo(row(recorded.before, name), row(recorded.after, name)[0], perSlab),
  };
}

const row = (reading: Reading, cache: string): readonly [number, number] => reading.slabs[cache] ?? [0, 0];
type Around = Pick<ModelStep, 'before' | 'after'>;
const activeDelta = ({ before, after }: Around, cache: string) => row(after, cache)[0] - row(before, cache)[0];
const numDelta = ({ before, after }: Around, cache: string) => row(after, cache)[1] - row(before, cache)[1];
