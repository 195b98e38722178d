/** The recorded machines that the model boots, read as the app reads them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseMachine } from '../../src/importers/machine-file.ts';
import { describeProblem } from '../../src/importers/problem.ts';
import type { Machine } from '../../src/kernel/machine.ts';

export function loadMachine(kernel: string): Machine {
  const file = fileURLToPath(new URL(`../../public/kernels/${kernel}/machine.json`, import.meta.url));
  const parsed = parseMachine(readFileSync(file, 'utf8'));
  if (!parsed.ok) throw new Error(`${file}: ${describeProblem(parsed.error)}`);
  return parsed.value;
}
