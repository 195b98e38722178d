import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSlabinfo } from './slabinfo.ts';

const HEADER = 'slabinfo - version: 2.1';
const LEGEND = '# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit>';
const TAIL = ': tunables    0    0    0 : slabdata    508    508      0';
const SAMPLE = [
  HEADER,
  LEGEND,
  `dentry             10447  10668    192   21    1 ${TAIL}`,
  `kmalloc-8k             2      4   8192    4    8 ${TAIL}`,
];

describe('parseSlabinfo', () => {
  it('reads counts and geometry of each cache', () => {
    expect(parseSlabinfo(SAMPLE.join('\n'))).toEqual({
      ok: true,
      value: {
        geometry: { dentry: [192, 21, 1], 'kmalloc-8k': [8192, 4, 8] },
        slabs: { dentry: [10447, 10668], 'kmalloc-8k': [2, 4] },
        skipped: expect.objectContaining({ count: 0 }),
      },
    });
  });

  it.each([
    ['dentry 1 2', { code: 'badLine', column: 11, reason: 'columns' }],
    ['x 1 2 3 four 5', { code: 'badLine', column: 9, reason: 'number' }],
    ['x 1 2 3 4 -5', { code: 'badLine', column: 11, reason: 'number' }],
    ['__proto__ 1 2 3 4 5', { code: 'badLine', column: 1, reason: 'name' }],
    ['dentry 1 2 3 4 5', { code: 'duplicate', path: 'dentry', firstLine: 3 }],
  ])('reports and skips %s', (bad, problem) => {
    const parsed = parseSlabinfo([...SAMPLE, bad].join('\n'));
    expect(parsed).toMatchObject({ ok: true, value: { skipped: { count: 1, problems: [{ line: 5, ...problem }] } } });
    expect(parsed.ok && Object.keys(parsed.value.slabs)).toEqual(['dentry', 'kmalloc-8k']);
  });

  it.each([
    ['', { code: 'notThisFormat' }],
    ['MemTotal: 1 kB', { code: 'notThisFormat' }],
    ['slabinfo - version: 1.1 (statistics)', { code: 'unsupportedVersion', found: '1.1', supported: '2.1' }],
    [HEADER.padEnd(5_000_000), { code: 'tooLarge' }],
  ])('stops at %.40s', (text, problem) => {
    expect(parseSlabinfo(text)).toMatchObject({ ok: false, error: problem });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (lines) => {
        expect(parseSlabinfo([HEADER, ...lines].join('\n')).ok).toBe(true);
        expect(typeof parseSlabinfo(lines.join('\n')).ok).toBe('boolean');
      }),
    );
  });
});
