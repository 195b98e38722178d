import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { decodeLink, encodeLink } from './link.ts';
import { DEFAULT_CONFIG, MODEL_VERSION, type Session } from './session.ts';

const session = (...log: string[]): Session => ({ config: DEFAULT_CONFIG, log });
const pack = (value: unknown): string =>
  `#s=${Buffer.from(deflateSync(strToU8(JSON.stringify(value)))).toString('base64url')}`;

describe('a link', () => {
  it('gives back the session it was made of', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 20 }), (log) => {
        expect(decodeLink(encodeLink(session(...log)))).toEqual({
          ok: true,
          value: { session: session(...log), chosen: undefined, otherModel: false },
        });
      }),
    );
  });

  it('keeps the design and the VFS of each kernel', () => {
    const channels = [
      { kernel: 'small', design: 'v6.6-rc2', vfs: '6.6' },
      { kernel: 'small', design: 'v6.6', tree: 'linux-6.12.117-amd64' },
    ];
    const chosen: Session = { config: { ...DEFAULT_CONFIG, channels }, log: ['ls'] };
    expect(decodeLink(encodeLink(chosen))).toMatchObject({ ok: true, value: { session: chosen } });
  });

  it('keeps the row that was chosen, and is none the worse for one that makes no sense', () => {
    const object = { kernel: 1, cache: 'kmalloc-96', index: 12, generation: 1 };
    const chosen = { path: 'events/sched/enable', refs: [{ object, entry: 'enable' }] };
    expect(decodeLink(encodeLink(session('ls'), chosen))).toMatchObject({ ok: true, value: { chosen } });
    for (const c of [5, { p: 'events' }, { p: 'events', r: [5] }])
      expect(decodeLink(pack({ v: 2, model: MODEL_VERSION, s: session('ls'), c }))).toMatchObject({
        ok: true,
        value: { session: session('ls'), chosen: undefined },
      });
  });

  it('of the first version still opens', () => {
    expect(decodeLink(pack({ v: 1, model: MODEL_VERSION, s: session('ls') }))).toEqual({
      ok: true,
      value: { session: session('ls'), chosen: undefined, otherModel: false },
    });
  });

  it('is short and needs no escaping', () => {
    const link = encodeLink(session('mkdir instances/i1', 'ls -lR instances/i1'));
    expect(link).toMatch(/^#s=[\w-]+$/);
    expect(link.length).toBeLessThan(300);
  });

  it('never throws, whatever the fragment is', () => {
    const any = fc.oneof(
      fc.string().map((text) => `#s=${text}`),
      fc.jsonValue().map(pack),
    );
    fc.assert(fc.property(any, (fragment) => !decodeLink(fragment).ok));
  });

  it('means nothing when it is not ours', () => {
    expect(decodeLink('')).toEqual({ ok: true, value: undefined });
    expect(decodeLink('#events')).toEqual({ ok: true, value: undefined });
  });

  it('says what is wrong', () => {
    const problem = (fragment: string) => {
      const result = decodeLink(fragment);
      return result.ok ? undefined : result.error;
    };
    const good = { config: DEFAULT_CONFIG, log: [] };
    expect(problem(encodeLink(session('ls')).slice(0, -6))).toEqual({ code: 'damaged' });
    expect(problem(pack({ v: 99, model: 1, s: good }))).toEqual({ code: 'newerVersion', version: 99 });
    expect(problem(pack({ v: 1, model: 1, s: { ...good, log: [5] } }))).toEqual({ code: 'invalid', where: 'log.0' });
    expect(problem(pack({ v: 1, model: 1, s: { log: [] } }))).toEqual({ code: 'invalid', where: 'config' });
    expect(problem(`#s=${'A'.repeat(2 ** 20)}`)).toEqual({ code: 'tooLarge' });
  });

  it('does not unpack a bomb', () => {
    expect(decodeLink(pack('0'.repeat(2 ** 24)))).toEqual({ ok: false, error: { code: 'tooLarge' } });
  });

  it('says that another model made it', () => {
    const result = decodeLink(pack({ v: 1, model: MODEL_VERSION + 1, s: session('ls') }));
    expect(result.ok && result.value?.otherModel).toBe(true);
  });
});
