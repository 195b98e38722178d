/** The recorded runs as the comparison wants them: each record with the readings before and after it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeProblem } from '../../src/importers/problem.ts';
import { parseRecording } from '../../src/importers/recording.ts';
import type { Counters, SlabCounts } from '../../src/kernel/api.ts';

const ROOT = fileURLToPath(new URL('recorded/', import.meta.url));

/** The families that are compared. G is memory pressure, S is stress: random by nature. */
export const FAMILIES = ['A', 'B', 'C', 'D', 'E', 'F', 'H', 'K'] as const;

export interface Reading {
  readonly counters: Counters;
  readonly slabs: SlabCounts;
}

export interface RecordedStep {
  /** Number of the record, as in "F@57". */
  readonly i: number;
  readonly step: string;
  readonly op: string;
  readonly ret: number;
  /** Name of the error, or undefined when the last call succeeded. */
  readonly errno: string | undefined;
  readonly before: Reading;
  readonly after: Reading;
  /** Warnings and bugs in the kernel log, without what differs from boot to boot: "WARNING: at fs/dcache.c:794 dput". */
  readonly warnings: readonly string[];
}

export interface RecordedRun {
  readonly kernel: string;
  readonly family: string;
  readonly cpus: number;
  /** cache → objects per slab, of every cache that moves in a run of this kernel */
  readonly perSlab: Readonly<Record<string, number>>;
  readonly steps: readonly RecordedStep[];
}

export function recordedKernels(): string[] {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

export function recordedRun(kernel: string, family: string): RecordedRun {
  const parsed = parseRecording(readFileSync(join(ROOT, kernel, `${family}.jsonl`), 'utf8'));
  if (!parsed.ok) throw new Error(`${kernel} ${family}: ${describeProblem(parsed.error)}`);
  const { cpus, perSlab, start, steps } = parsed.value;
  let before: Reading = start;
  return {
    ...{ kernel, family, cpus, perSlab },
    steps: steps.map(({ i, step, op, ret, errno, counters, slabs, kmsg }) => {
      const after: Reading = { counters, slabs: { ...before.slabs, ...slabs } };
      const warnings = kmsg.filter((line) => /^(WARNING|BUG|kernel BUG|Oops)/.test(line)).map(withoutPlace);
      const read: RecordedStep = { i, step, op, ret, errno, before, after, warnings };
      before = after;
      return read;
    }),
  };
}

/** "WARNING: CPU: 1 PID: 1 at fs/dcache.c:794 dput+0x140/0x2f0" → "WARNING: at fs/dcache.c:794 dput" */
const withoutPlace = (line: string): string =>
  line.replace(/CPU: \d+ PID: \d+ /, '').replace(/\+0x[\da-f]+\/0x[\da-f]+/, '');
