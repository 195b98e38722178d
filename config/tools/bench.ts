/** `npm run bench [-- word]`: the comparisons of tests/bench/*.bench.ts whose file name contains the word. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Comparison, compare } from '../../tests/bench/harness.ts';

const FOLDER = join('tests', 'bench');
const word = process.argv[2] ?? '';

for (const file of readdirSync(FOLDER).sort()) {
  if (!file.endsWith('.bench.ts') || !file.includes(word)) continue;
  const bench = (await import(pathToFileURL(join(FOLDER, file)).href)) as { comparisons: readonly Comparison[] };
  for (const comparison of bench.comparisons) console.log(`${compare(comparison)}\n`);
}
