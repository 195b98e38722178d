/** Finds scenarios by what a person may remember of them: number, words of the title or the symptom, design, commit. */
import type { ShippedScenario } from '../../state/library.ts';

/** Those that have every word somewhere; "b1" alone is the number and not B10. */
export function findScenarios(scenarios: readonly ShippedScenario[], text: string): readonly ShippedScenario[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (scenario: ShippedScenario) => words.every((word) => has(scenario, word));
  return scenarios.filter(matches);
}

function has(
  { bug, title, symptom, design, also, fixed, expected, commits, file }: ShippedScenario,
  word: string,
): boolean {
  if (/^b\d+$/.test(word)) return bug.toLowerCase() === word;
  const all = [title, symptom, design, ...also, fixed, ...expected, ...commits, file];
  return all.some((text) => text.toLowerCase().includes(word));
}
