/**
 * `npm run bench [-- word] [--json FILE]`: what tests/bench/*.bench.ts compare and measure, of the files whose name
 * contains the word. FILE receives every figure as {"name": number}; of a comparison that is each variant as a multiple
 * of the first.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type Bench, type Comparison, compare, type Figures } from '../../tests/bench/harness.ts';

const FOLDER = join('tests', 'bench');

const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });
const [word = ''] = positionals;

/** Prints one line a variant: median time, and its ratio to the first. */
function compared(comparison: Comparison): Figures {
  const results = compare(comparison);
  const width = Math.max(...results.map(({ name }) => name.length));
  const first = results[0]?.ms ?? Number.NaN;
  console.log(comparison.title);
  for (const { name, ms } of results)
    console.log(`  ${name.padEnd(width)} ${ms.toFixed(2).padStart(9)} ms  × ${(ms / first).toFixed(2)}`);
  return Object.fromEntries(results.slice(1).map(({ name, ms }) => [`${comparison.title}: ${name}`, ms / first]));
}

function print(title: string, figures: Figures): void {
  console.log(title);
  for (const [name, value] of Object.entries(figures)) console.log(`  ${name.padEnd(32)} ${value.toPrecision(3)}`);
}

const all: Record<string, number> = {};
for (const file of readdirSync(FOLDER).sort()) {
  if (!file.endsWith('.bench.ts') || !file.includes(word)) continue;
  const bench = (await import(pathToFileURL(join(FOLDER, file)).href)) as Bench;
  for (const comparison of bench.comparisons ?? []) Object.assign(all, compared(comparison));
  for (const { title, measure } of bench.measurements ?? []) {
    const figures = await measure();
    print(title, figures);
    Object.assign(all, figures);
  }
  console.log('');
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(all, undefined, 2)}\n`);
