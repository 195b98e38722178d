/**
 * What a scenario of src/scenarios/bugs says about its bug. The directives and the grammar of `@expect` are described for
 * people in src/scenarios/bugs/README.md.
 */
import { err, ok, type Result } from '../base/result.ts';
import { metaOf, type Scenario } from './scenario.ts';

/** Kinds of kernel bugs, as the kernel's own reports name them (kernel/api.ts OopsKind; a test holds them together). */
export const OOPS_KINDS = [
  'BUG',
  'WARN',
  'null dereference',
  'bad pointer',
  'use after free',
  'underflow',
  'deadlock',
  'leak',
] as const;
export type ExpectedOops = (typeof OOPS_KINDS)[number];

/** One thing that must be seen on the broken design and must not on the fixed one. */
export type Expectation =
  /** A kernel bug of this kind whose report has `text` in its first line or names it as an object. */
  | { readonly kind: 'oops'; readonly oops: ExpectedOops; readonly text: string }
  /** A breach of this invariant (section 7 of the design reference) whose sentence has `text` in it. */
  | { readonly kind: 'invariant'; readonly id: string; readonly text: string }
  /** A line of output that has `text` in it. */
  | { readonly kind: 'stdout' | 'stderr'; readonly text: string };

export interface Bug {
  /** "B1". */
  readonly id: string;
  readonly title: string;
  readonly kernel: string;
  /** Undefined: the VFS that the machine was recorded with. */
  readonly vfs: string | undefined;
  /** The design that shows it, and others that do too. */
  readonly design: string;
  readonly also: readonly string[];
  /** The design on which the same script is clean. */
  readonly fixed: string;
  readonly expect: readonly Expectation[];
  /** "ef36b4f92868 eventfs: Remember what dentries were created on dir open". */
  readonly commits: readonly string[];
}

const DEFAULT_KERNEL = 'small';

/** Reads the directives of a bug scenario. The error is a sentence. */
export function bugOf(scenario: Scenario): Result<Bug, string> {
  const values = (key: string) => scenario.meta.filter(([k]) => k === key).map(([, value]) => value);
  for (const key of ['bug', 'title', 'design', 'fixed', 'expect', 'symptom', 'commit'])
    if ((metaOf(scenario, key) ?? '') === '') return err(`it has no @${key}`);
  for (const key of ['bug', 'title', 'kernel', 'vfs', 'design', 'also', 'fixed'])
    if (values(key).length > 1) return err(`it has more than one @${key}`);
  const id = metaOf(scenario, 'bug') as string;
  if (!/^B\d+$/.test(id)) return err(`@bug is a number of the catalogue such as B1, not "${id}"`);
  const expect: Expectation[] = [];
  for (const text of values('expect')) {
    const parsed = parseExpectation(text);
    if (!parsed.ok) return parsed;
    expect.push(parsed.value);
  }
  return ok({
    id,
    title: metaOf(scenario, 'title') as string,
    kernel: metaOf(scenario, 'kernel') ?? DEFAULT_KERNEL,
    vfs: metaOf(scenario, 'vfs'),
    design: metaOf(scenario, 'design') as string,
    also: (metaOf(scenario, 'also') ?? '').split(/\s+/).filter((w) => w !== ''),
    fixed: metaOf(scenario, 'fixed') as string,
    expect,
    commits: values('commit'),
  });
}

/** `oops KIND [TEXT]`, `invariant Inn [TEXT]`, `stdout TEXT`, `stderr TEXT`, `deadlock [TEXT]`, `leak [TEXT]`. */
export function parseExpectation(text: string): Result<Expectation, string> {
  const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(text) ?? [];
  if (word === 'stdout' || word === 'stderr')
    return rest === '' ? err(`"@expect ${word}" needs the text to be seen`) : ok({ kind: word, text: rest });
  if (word === 'deadlock') return ok({ kind: 'oops', oops: word, text: rest });
  if (word === 'leak') return ok({ kind: 'invariant', id: 'I12', text: rest });
  if (word === 'invariant') {
    const [, id, more = ''] = /^(I\d+|PIN)\s*(.*)$/.exec(rest) ?? [];
    return id === undefined ? err(`"${rest}" names no invariant: I1 to I17, PIN`) : ok({ kind: word, id, text: more });
  }
  const oops = word === 'oops' ? OOPS_KINDS.find((k) => rest === k || rest.startsWith(`${k} `)) : undefined;
  if (oops === undefined) return err(`"${text}" expects nothing known; an oops is one of: ${OOPS_KINDS.join(', ')}`);
  return ok({ kind: 'oops', oops, text: rest.slice(oops.length).trim() });
}

/** An expectation as it is written. */
export function describeExpectation(e: Expectation): string {
  if (e.kind === 'oops') return `oops ${e.oops} ${e.text}`.trim();
  return e.kind === 'invariant' ? `invariant ${e.id} ${e.text}`.trim() : `${e.kind} ${e.text}`;
}
