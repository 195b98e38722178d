import { describe, expect, it } from 'vitest';
import { bugOf, describeExpectation, parseExpectation } from './bug.ts';
import { parseScenario } from './scenario.ts';

const TEXT = `# @bug B1
# @title The accounting bug
# @design v6.6-rc2
# @also v6.6-rc1 other
# @fixed v6.6
# @vfs 6.6
# @expect oops underflow dput
# @expect invariant I1 kp2
# @symptom a count goes wrong
# @commit ef36b4f92868 eventfs: Remember what dentries were created on dir open
ls
`;

const parsed = (text: string) => {
  const scenario = parseScenario(text);
  if (!scenario.ok) throw new Error(scenario.error.message);
  return bugOf(scenario.value);
};

describe('a bug scenario', () => {
  it('is read from its directives', () => {
    expect(parsed(TEXT)).toEqual({
      ok: true,
      value: {
        id: 'B1',
        title: 'The accounting bug',
        kernel: 'small',
        vfs: '6.6',
        design: 'v6.6-rc2',
        also: ['v6.6-rc1', 'other'],
        fixed: 'v6.6',
        expect: [
          { kind: 'oops', oops: 'underflow', text: 'dput' },
          { kind: 'invariant', id: 'I1', text: 'kp2' },
        ],
        commits: ['ef36b4f92868 eventfs: Remember what dentries were created on dir open'],
      },
    });
  });

  it.each(['bug', 'title', 'design', 'fixed', 'expect', 'symptom', 'commit'])('needs @%s', (key) => {
    const text = TEXT.split('\n').filter((line) => !line.startsWith(`# @${key}`));
    expect(parsed(text.join('\n'))).toEqual({ ok: false, error: `it has no @${key}` });
  });

  it('expects what can be seen', () => {
    expect(parseExpectation('oops BUG kernel BUG at fs/dcache.c:2031!')).toEqual({
      ok: true,
      value: { kind: 'oops', oops: 'BUG', text: 'kernel BUG at fs/dcache.c:2031!' },
    });
    expect(parseExpectation('oops use after free')).toEqual({
      ok: true,
      value: { kind: 'oops', oops: 'use after free', text: '' },
    });
    expect(parseExpectation('deadlock eventfs_mutex')).toMatchObject({ value: { oops: 'deadlock' } });
    expect(parseExpectation('leak')).toEqual({ ok: true, value: { kind: 'invariant', id: 'I12', text: '' } });
    expect(parseExpectation('stdout entries: 2')).toEqual({ ok: true, value: { kind: 'stdout', text: 'entries: 2' } });
    for (const wrong of ['', 'oops', 'oops bang', 'invariant', 'invariant L1', 'stdout', 'panic'])
      expect(parseExpectation(wrong).ok, wrong).toBe(false);
  });

  it('is written as it is read', () => {
    for (const text of ['oops use after free dput', 'invariant I8', 'stdout a b', 'oops deadlock']) {
      const e = parseExpectation(text);
      expect(e.ok && describeExpectation(e.value)).toBe(text);
    }
  });
});
