import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeProblem } from './problem.ts';
import { IMPORTERS, importAny } from './registry.ts';

const file = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const SAMPLES = {
  machine: file('public/kernels/eventfs-v6.6/machine.json'),
  recording: file('tests/conformance/recorded/eventfs-v6.6/K.jsonl'),
  slabinfo: '## slabinfo\nslabinfo - version: 2.1\n# name\ndentry 1 21 192 21 1 : tunables 0 0 0\n',
  eventsTree: '# path\ttype(d,f,l)\tmode(octal)\nevents/sched\td\t0755\t1\t1\t1\t0\n',
  instanceTree: '# path\ttype(d,f,l)\tmode(octal)\nevents\td\t0755\nevents/sched\td\t0755\nset_event\tf\t0640\n',
} as const;

describe('importAny', () => {
  it.each(Object.entries(SAMPLES))('knows a text of format %s by what is in it', (id, text) => {
    expect(importAny(text)).toMatchObject({ ok: true, value: { id } });
  });

  it('has a sample of every format, and each is taken by its own importer first', () => {
    expect(IMPORTERS.map(({ id }) => id)).toEqual(Object.keys(SAMPLES));
    for (const [id, text] of Object.entries(SAMPLES)) expect(IMPORTERS.find(({ sniff }) => sniff(text))?.id).toBe(id);
  });

  it.each(['', 'hello', '{"format":"something else"}', 'a\tb\tc'])('takes %j for nothing', (text) => {
    expect(importAny(text)).toMatchObject({ ok: false, error: { code: 'notThisFormat' } });
  });

  it('answers a damaged text with a problem that can be put into words', () => {
    const damaged = fc.tuple(fc.constantFrom(...Object.values(SAMPLES)), fc.nat(), fc.nat(100), fc.string());
    fc.assert(
      fc.property(damaged, ([text, at, length, junk]) => {
        const start = at % text.length;
        const parsed = importAny(text.slice(0, start) + junk + text.slice(start + length));
        if (!parsed.ok) expect(describeProblem(parsed.error)).not.toBe('');
      }),
    );
  });
});
