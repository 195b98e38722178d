/** Reads what ships with the explorer: the cards of the designs, and the scenarios in src/scenarios. */
import { BUG_TITLES } from '../scenarios/bug-titles.ts';
import { DESIGN_CARDS, MACHINES, RELEASES, VFS_CHOICES } from '../scenarios/designs.ts';
import { bugOf, describeExpectation } from '../session/bug.ts';
import { metaOf, parseScenario } from '../session/scenario.ts';
import { DEFAULT_CONFIG } from '../session/session.ts';
import type { Library, ShippedScenario } from '../state/library.ts';
import type { EngineConfig } from '../state/protocol.ts';

const FILES = import.meta.glob<string>('../scenarios/**/*.sh', { query: '?raw', import: 'default', eager: true });
const FOLDER = '../scenarios/';

/** By the number in "B1"; scenarios about no bug come last. */
const number = ({ bug }: ShippedScenario): number => (bug === '' ? Number.POSITIVE_INFINITY : Number(bug.slice(1)));

export function loadLibrary(files: Readonly<Record<string, string>> = FILES): Library {
  const scenarios = Object.entries(files).flatMap(([path, text]) => {
    const scenario = readScenario(path.replace(FOLDER, ''), text);
    return scenario === undefined ? [] : [scenario];
  });
  scenarios.sort((a, b) => number(a) - number(b) || (a.file < b.file ? -1 : 1));
  return {
    designs: DESIGN_CARDS,
    releases: RELEASES,
    machines: MACHINES,
    vfsChoices: VFS_CHOICES,
    bugTitles: BUG_TITLES,
    scenarios,
  };
}

/** Undefined for a script that names no designs: a test of the scenarios says so before it ships. */
function readScenario(file: string, text: string): ShippedScenario | undefined {
  const parsed = parseScenario(text);
  if (!parsed.ok) return undefined;
  const bug = bugOf(parsed.value);
  if (!bug.ok) return undefined;
  const { id, title, kernel, vfs, design, also, fixed, expect, commits } = bug.value;
  const all = (key: string) => parsed.value.meta.filter(([k]) => k === key).map(([, value]) => value);
  const channel = { kernel, ...(vfs !== undefined && { vfs }) };
  const config: EngineConfig = {
    ...DEFAULT_CONFIG,
    channels: [
      { ...channel, design },
      { ...channel, design: fixed },
    ],
  };
  return {
    ...{ file, text, bug: id, title, design, also, fixed, vfs, commits, config },
    symptom: metaOf(parsed.value, 'symptom') ?? '',
    expected: expect.map(describeExpectation),
    notes: all('note'),
    acts: parsed.value.acts.map((act) => ({ text: act.text, caption: act.caption })),
  };
}
