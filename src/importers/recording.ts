/**
 * A recorded run of a real machine: a program did one thing a record and read all counters after it. The text is JSON
 * Lines: the first line says what was run and where the counters started, every further line is one record:
 *
 *   [i, step, op, ret, errno, [D, U, N, I], {cache: active | [active, num]}, [kernel messages]]
 *
 * where the counters are differences from the record before and what is zero or empty at the end of a line is left out.
 * Since every reading is the sum of what came before, one bad record stops the import.
 */
import * as v from 'valibot';
import { err, ok, type Result } from '../base/result.ts';
import { isFileName } from './catalogue.ts';
import { mapValues, parseJson } from './json.ts';
import { linesOf } from './listing-rows.ts';
import { checkSize, type ImportProblem, type LineReason } from './problem.ts';

export const RECORDING_FORMAT = {
  format: 'eventfs explorer recording',
  version: 1,
  limits: { bytes: 1024 * 1024, depth: 6 },
} as const;
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_RECORDS = 100_000;
const MAX_TEXT = 10_000;

/** The counters of /proc/sys/fs/dentry-state and inode-nr, or differences of them. Of the whole system. */
export interface RecordedCounters {
  readonly nrDentry: number;
  readonly nrUnused: number;
  readonly nrNegative: number;
  readonly nrInodes: number;
}

/** [active_objs, num_objs], or differences of them. */
export type SlabRow = readonly [active: number, num: number];

export interface RecordedStep {
  /** Number of the record: "F@57" is record 57 of family F. */
  readonly i: number;
  /** Kind of step: "mkdir", "drop", "ls-lR" … */
  readonly step: string;
  /** What was done, in shell words. */
  readonly op: string;
  /** Of the last system call; for getdents and listings the number of entries. */
  readonly ret: number;
  /** "ENOENT"; undefined: the call succeeded. */
  readonly errno: string | undefined;
  /** After the step. */
  readonly counters: RecordedCounters;
  /** Difference from the record before. */
  readonly delta: RecordedCounters;
  /** After the step: the caches that changed. */
  readonly slabs: Readonly<Record<string, SlabRow>>;
  /** Difference from the record before: the caches that changed. */
  readonly slabDelta: Readonly<Record<string, SlabRow>>;
  /** Lines of the kernel log that appeared. */
  readonly kmsg: readonly string[];
}

export interface RecordedRun {
  /** Folder name of the recording, and id of its machine: "linux-6.12.117-amd64". */
  readonly kernel: string;
  /** "A", "A-smp4" … */
  readonly family: string;
  readonly title: string;
  readonly cpus: number;
  readonly memoryMiB: number;
  readonly provenance: string;
  /** Objects a slab, of each cache that moves in a run of this kernel. */
  readonly perSlab: Readonly<Record<string, number>>;
  /** The readings of record 0. */
  readonly start: { readonly counters: RecordedCounters; readonly slabs: Readonly<Record<string, SlabRow>> };
  readonly steps: readonly RecordedStep[];
}

const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const change = v.pipe(v.number(), v.safeInteger());
const cacheName = v.pipe(v.string(), v.check(isFileName, 'the name of a cache'), v.notValue('__proto__'));

const headSchema = v.strictObject({
  format: v.literal(RECORDING_FORMAT.format),
  version: v.literal(RECORDING_FORMAT.version),
  kernel: text,
  family: text,
  title: text,
  cpus: count,
  memoryMiB: count,
  provenance: text,
  start: v.strictTuple([count, count, count, count]),
  /** cache → [objects a slab, active, num] */
  caches: v.record(cacheName, v.strictTuple([v.pipe(count, v.minValue(1)), count, count])),
});
export type RecordingHead = v.InferInput<typeof headSchema>;

const NO_CHANGE = [0, 0, 0, 0];
const stepSchema = v.pipe(
  v.array(v.unknown()),
  v.minLength(4),
  v.maxLength(8),
  v.transform(([i, step, op, ret, errno = '', delta = NO_CHANGE, slabs = {}, kmsg = []]) => {
    return { i, step, op, ret, errno, delta, slabs, kmsg };
  }),
  v.strictObject({
    i: count,
    step: text,
    op: text,
    ret: change,
    errno: v.pipe(v.string(), v.regex(/^(E[A-Z0-9]{1,20})?$/)),
    delta: v.strictTuple([change, change, change, change]),
    slabs: v.record(cacheName, v.union([change, v.strictTuple([change, change])])),
    kmsg: v.array(text),
  }),
);

export function parseRecording(content: string): Result<RecordedRun, ImportProblem> {
  const tooLarge = checkSize(content, MAX_BYTES);
  if (tooLarge !== undefined) return err(tooLarge);
  const lines = linesOf(content);
  const head = parseJson(lines.next().value ?? '', headSchema, RECORDING_FORMAT);
  if (!head.ok) return head;
  const { kernel, family, title, cpus, memoryMiB, provenance, caches } = head.value;
  const startSlabs = mapValues(caches, ([, active, num]): SlabRow => [active, num]);
  const start = { counters: countersOf(head.value.start), slabs: startSlabs };
  const now = new Map(Object.entries(startSlabs));
  const steps: RecordedStep[] = [];
  let counters = start.counters;
  let line = 1;
  for (const stepText of lines) {
    line++;
    if (stepText === '') continue;
    if (steps.length === MAX_RECORDS) return err({ code: 'tooMany', what: 'records', limit: MAX_RECORDS });
    const bad = (reason: LineReason) => err({ code: 'badLine', line, column: 1, reason } as const);
    const parsed = parseStep(stepText);
    if (parsed === undefined) return bad('json');
    if (parsed.i !== steps.length) return bad('sequence');
    const { slabs: changes, delta: change, errno, ...words } = parsed;
    const delta = countersOf(change);
    counters = sum(counters, delta);
    const slabDelta = mapValues(changes, (row): SlabRow => (typeof row === 'number' ? [row, 0] : row));
    for (const [cache, [active, num]] of Object.entries(slabDelta)) {
      const before = now.get(cache);
      if (before === undefined) return bad('unknownCache');
      now.set(cache, [before[0] + active, before[1] + num]);
    }
    const slabs = Object.fromEntries(Object.keys(slabDelta).map((cache) => [cache, now.get(cache) as SlabRow]));
    steps.push({ ...words, errno: errno === '' ? undefined : errno, counters, delta, slabs, slabDelta });
  }
  const perSlab = mapValues(caches, ([objects]) => objects);
  return ok({ kernel, family, title, cpus, memoryMiB, provenance, perSlab, start, steps });
}

function parseStep(line: string): v.InferOutput<typeof stepSchema> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const result = v.safeParse(stepSchema, value, { abortEarly: true });
  return result.success ? result.output : undefined;
}

const countersOf = ([nrDentry, nrUnused, nrNegative, nrInodes]: readonly [
  number,
  number,
  number,
  number,
]): RecordedCounters => ({ nrDentry, nrUnused, nrNegative, nrInodes });

const sum = (a: RecordedCounters, b: RecordedCounters): RecordedCounters => ({
  nrDentry: a.nrDentry + b.nrDentry,
  nrUnused: a.nrUnused + b.nrUnused,
  nrNegative: a.nrNegative + b.nrNegative,
  nrInodes: a.nrInodes + b.nrInodes,
});
