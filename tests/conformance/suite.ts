/** The tests of one kernel. A further kernel is one file of one line; `npx vitest run tests/conformance -t '6.12 B'`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { ConformanceError } from './error.ts';
import { EXCLUSIONS } from './exclusions.ts';
import { type ComparedFamily, runFamily } from './family.ts';
import { loadMachine } from './machines.ts';
import { FAMILIES, recordedRun } from './recorded.ts';
import { complaints, kernelReport, placesOf, summary } from './report.ts';

/** What stands here is printed at the end of `npm test` (tools/test.ts). */
const SUMMARY = fileURLToPath(new URL('../../.cache/test-summary', import.meta.url));

/** 100 instances of 6.1 are a million dentries; the rest takes a second or two a family. */
const TIMEOUT = 120_000;

/** `title` as in "6.12"; `cpus`: further recordings of family A with that many CPUs. */
export function conformanceTests(title: string, kernel: string, cpus: readonly number[] = []): void {
  const families = [...FAMILIES, ...cpus.map((n) => `A-smp${n}`)];
  const done = new Map<string, ComparedFamily>();

  describe(title, () => {
    it.each(families)(
      `${title} %s`,
      (family) => {
        const compared = runFamily(loadMachine(kernel), recordedRun(kernel, family));
        done.set(family, compared);
        const text = complaints(compared);
        if (text !== '') throw new ConformanceError(text);
      },
      TIMEOUT,
    );

    describe('the table of exclusions', () => {
      const rows = EXCLUSIONS.filter(({ where }) => where[kernel] !== undefined);
      it.each(rows.map((row) => [row.id, row] as const))(`${title} %s concerns the steps it says`, (id, row) => {
        if (done.size < families.length) return; // a filtered run
        const places = placesOf([...done.values()], id);
        expect(places.length, `${id} is no longer needed: delete it`).toBeGreaterThan(0);
        expect(places.length, `${id} concerns ${places.join(' ')}`).toBe(row.steps[kernel]);
      });
    });

    it(`${title} is reported to the app as it is`, async () => {
      if (done.size < families.length) return;
      const report = kernelReport(kernel, [...done.values()]);
      const text = `${JSON.stringify(report, null, 2)}\n`;
      await expect(text).toMatchFileSnapshot(`../../public/kernels/${kernel}/conformance.json`);
    });
  });

  afterAll(() => {
    if (done.size < families.length) return;
    mkdirSync(SUMMARY, { recursive: true });
    writeFileSync(`${SUMMARY}/conformance-${title}.txt`, `${summary(kernelReport(kernel, [...done.values()]))}\n`);
  });
}
