/**
 * The catalogue of bugs runs: every scenario shows its symptom and breaks its invariant on the design that had the bug, and
 * the same script is clean on the one that had it no more. What the expectations mean: src/scenarios/bugs/README.md.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { OopsKind } from '../../src/kernel/api.ts';
import { findDesign } from '../../src/kernel/designs/registry.ts';
import { type Bug, bugOf, describeExpectation, OOPS_KINDS } from '../../src/session/bug.ts';
import { type Act, parseScenario } from '../../src/session/scenario.ts';
import { runActs } from './run.ts';
import { complaintsOf, isSeen } from './verdict.ts';

const FOLDER = new URL('../../src/scenarios/bugs/', import.meta.url);
const FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sh'))
  .sort();

interface Loaded {
  readonly file: string;
  readonly bug: Bug;
  readonly acts: readonly Act[];
}

function load(file: string): Loaded {
  const scenario = parseScenario(readFileSync(new URL(file, FOLDER), 'utf8'));
  if (!scenario.ok) throw new Error(`${file}:${scenario.error.line}: ${scenario.error.message}`);
  const bug = bugOf(scenario.value);
  if (!bug.ok) throw new Error(`${file}: ${bug.error}`);
  return { file, bug: bug.value, acts: scenario.value.acts };
}

const scenarios = FILES.map(load);
/** Section 8 of the design reference, and the default set at its end. */
const BUGS = 43;
const DEFAULT_SET = 'B1 B2 B3 B8 B9 B11 B12 B13 B14 B15 B16 B18 B23 B25 B26 B31 B32 B33 B37 B40 B43'.split(' ');
const README = readFileSync(new URL('README.md', FOLDER), 'utf8');
const TIMEOUT = 60_000;

describe.each(scenarios)('$file', ({ file, bug, acts }) => {
  const { kernel, vfs, design, also, fixed, expect: expected } = bug;

  it('names its bug, its designs and a commit', () => {
    expect(file).toMatch(new RegExp(`^B0?${bug.id.slice(1)}-[\\w-]+\\.sh$`));
    for (const id of [design, ...also, fixed]) expect(findDesign(id)?.id, id).toBe(id);
    for (const commit of bug.commits) expect(commit).toMatch(/^([0-9a-f]{12}|–) \S/);
    expect(
      acts.some((act) => act.caption !== ''),
      'it has captions',
    ).toBe(true);
  });

  it.each([design, ...also])(
    `shows ${bug.id} on %s`,
    (id) => {
      const run = runActs(acts, { kernel, vfs, design: id });
      const missing = expected.filter((e) => !isSeen(run, e)).map(describeExpectation);
      expect({ missing, seen: missing.length === 0 ? undefined : run }).toEqual({ missing: [], seen: undefined });
      expect(run.notReached, 'turns that are never come to').toEqual([]);
      expect(complaintsOf(run, expected), 'what makes it not clean').not.toEqual([]);
    },
    TIMEOUT,
  );

  it(
    `is clean on ${fixed}`,
    () => {
      expect(complaintsOf(runActs(acts, { kernel, vfs, design: fixed }), expected)).toEqual([]);
    },
    TIMEOUT,
  );
});

describe('the catalogue', () => {
  const run = new Set(scenarios.map(({ bug }) => bug.id));
  const all = Array.from({ length: BUGS }, (_, i) => `B${i + 1}`);

  it('says of every bug how it runs, or why it does not', () => {
    const left = new Map(
      [...README.matchAll(/^\| (B\d+) \| (.+) \|$/gm)].map(([, id = '', reason = '']) => [id, reason]),
    );
    expect(
      all.filter((id) => !run.has(id) && !left.has(id)),
      'neither script nor reason',
    ).toEqual([]);
    expect(
      [...left.keys()].filter((id) => run.has(id)),
      'a reason, though there is a script',
    ).toEqual([]);
    expect(
      [...run, ...left.keys()].filter((id) => !all.includes(id)),
      'not in the catalogue',
    ).toEqual([]);
  });

  it('runs at least 32 of the 43, all of the default set among them', () => {
    expect(run.size).toBeGreaterThanOrEqual(32);
    expect(DEFAULT_SET.filter((id) => !run.has(id))).toEqual([]);
  });

  it('knows the kinds of oops that the kernel knows', () => {
    const kinds: Record<OopsKind, true> = {
      BUG: true,
      WARN: true,
      'null dereference': true,
      'bad pointer': true,
      'use after free': true,
      underflow: true,
      deadlock: true,
      leak: true,
    };
    expect([...OOPS_KINDS].sort()).toEqual(Object.keys(kinds).sort());
  });
});
