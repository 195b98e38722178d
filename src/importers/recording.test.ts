import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ensure } from '../base/assert.ts';
import { parseRecording, type RecordedRun } from './recording.ts';

const FOLDER = new URL('../../tests/conformance/recorded/', import.meta.url);
const KERNELS = readdirSync(FOLDER).filter((name) => !name.endsWith('.md'));

function run(kernel: string, family: string): RecordedRun {
  const parsed = parseRecording(readFileSync(new URL(`${kernel}/${family}.jsonl`, FOLDER), 'utf8'));
  if (!parsed.ok) throw new Error(`${kernel} ${family}: ${JSON.stringify(parsed.error)}`);
  return parsed.value;
}
const stepOf = (kernel: string, family: string, i: number) => ensure(run(kernel, family).steps[i], `${family}@${i}`);

describe('the recorded runs', () => {
  it('are all there and readable', () => {
    const found = KERNELS.map((kernel) => {
      const families = readdirSync(new URL(`${kernel}/`, FOLDER)).map((file) => file.replace('.jsonl', ''));
      for (const family of families) expect(run(kernel, family)).toMatchObject({ kernel, family });
      return `${kernel}: ${families.sort().join(' ')}`;
    });
    expect(found).toEqual([
      'eventfs-final-on-6.6: A B C D E F H K',
      'eventfs-jan2024-iterate: A B C D E F H K',
      'eventfs-v6.6: A B C D E F H K',
      'eventfs-v6.6-rc2: A B C D E F H K',
      'eventfs-v6.7: A B C D E F H K',
      'eventfs-v6.8-rc1: A B C D E F H K',
      'linux-6.1.0-56-amd64: A A-smp1 A-smp4 B C D E F G H K',
      'linux-6.12.117-amd64: A A-smp1 A-smp4 B C D E F G H K',
    ]);
  });

  // kernel-facts.md, section 8: how many steps there are
  it.each([
    ['linux-6.1.0-56-amd64', 632],
    ['linux-6.12.117-amd64', 633],
    ['eventfs-v6.6', 631],
    ['eventfs-v6.7', 576],
  ])('%s has %i steps', (kernel, steps) => {
    const families = ['A', 'B', 'C', 'D', 'E', 'F', 'H', 'K'];
    expect(families.reduce((sum, family) => sum + run(kernel, family).steps.length, 0)).toBe(steps);
  });

  it('know what a mkdir of an instance cost', () => {
    const native = stepOf('linux-6.1.0-56-amd64', 'A', 5);
    expect(native).toMatchObject({ step: 'mkdir', op: 'mkdir instances/i1', ret: 0, errno: undefined });
    expect(native.delta).toEqual({ nrDentry: 9649, nrUnused: 0, nrNegative: 0, nrInodes: 9649 });
    expect(native.counters.nrDentry).toBe(10447 + 9649);
    expect(native.slabDelta.dentry?.[0]).toBe(9649);
    expect(native.slabs.dentry?.[0]).toBe(10447 + 9649);
    expect(stepOf('linux-6.12.117-amd64', 'A', 5).delta.nrDentry).toBe(86);
    expect(stepOf('linux-6.12.117-amd64', 'A-smp4', 5).delta.nrDentry).toBe(86 + 2 * 8);
  });

  it('know errors, negative dentries and the kernel log', () => {
    const stat = stepOf('eventfs-v6.6', 'B', 12);
    expect(stat).toMatchObject({ op: 'stat instances/nosuch (negative)', ret: -1, errno: 'ENOENT' });
    expect(stat.delta).toEqual({ nrDentry: 1, nrUnused: 1, nrNegative: 1, nrInodes: 0 });
    const log = stepOf('eventfs-v6.6-rc2', 'K', 11).kmsg;
    expect(log[1]).toContain('WARNING: CPU: 1 PID: 1 at fs/dcache.c:794 dput');
  });

  it('never lose an object: objects fill whole slabs and hold the active ones', () => {
    for (const kernel of KERNELS) {
      const { steps, perSlab } = run(kernel, 'F');
      for (const { i, slabs } of steps) {
        for (const [cache, [active, num]] of Object.entries(slabs)) {
          expect(active, `F@${i} ${cache}`).toBeLessThanOrEqual(num);
          expect(num % ensure(perSlab[cache], cache), `F@${i} ${cache}`).toBe(0);
        }
      }
    }
  });
});

const HEAD = JSON.stringify({
  format: 'eventfs explorer recording',
  version: 1,
  kernel: 'k',
  family: 'X',
  title: 'a sample',
  cpus: 1,
  memoryMiB: 64,
  provenance: 'made up',
  start: [10, 1, 0, 11],
  caches: { dentry: [21, 10, 21] },
});

describe('parseRecording', () => {
  it('sums up the changes', () => {
    const lines = [HEAD, '[0,"base","null",0]', '[1,"stat","stat x",-1,"ENOENT",[2,1,1,0],{"dentry":[2,21]},["oh"]]'];
    const parsed = parseRecording(lines.join('\n'));
    expect(parsed.ok && parsed.value.steps[1]).toEqual({
      i: 1,
      step: 'stat',
      op: 'stat x',
      ret: -1,
      errno: 'ENOENT',
      counters: { nrDentry: 12, nrUnused: 2, nrNegative: 1, nrInodes: 11 },
      delta: { nrDentry: 2, nrUnused: 1, nrNegative: 1, nrInodes: 0 },
      slabs: { dentry: [12, 42] },
      slabDelta: { dentry: [2, 21] },
      kmsg: ['oh'],
    });
  });

  it.each([
    ['{', 'json'],
    ['[0,"base"]', 'json'],
    ['[0,"base","null",0.5]', 'json'],
    ['[0,"base","null",0,"not an error"]', 'json'],
    ['[0,"base","null",0,"",[0,0,0]]', 'json'],
    ['[0,"base","null",0,"",[0,0,0,0],{},[],1]', 'json'],
    ['[1,"base","null",0]', 'sequence'],
    ['[0,"base","null",0,"",[0,0,0,0],{"filp":1}]', 'unknownCache'],
  ])('stops at %s', (bad, reason) => {
    expect(parseRecording(`${HEAD}\n${bad}`)).toEqual({
      ok: false,
      error: { code: 'badLine', line: 2, column: 1, reason },
    });
  });

  it.each([
    ['', { code: 'notJson' }],
    ['{}', { code: 'notThisFormat' }],
    [HEAD.replace('"version":1', '"version":"two"'), { code: 'unsupportedVersion', found: '"two"' }],
    [HEAD.replace('"cpus":1', '"cpus":-1'), { code: 'badField', path: 'cpus' }],
  ])('stops at the head %.30s', (text, problem) => {
    expect(parseRecording(text)).toMatchObject({ ok: false, error: problem });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.json({ maxDepth: 3 }))), (lines) => {
        expect(typeof parseRecording([HEAD, ...lines].join('\n')).ok).toBe('boolean');
      }),
    );
  });
});
