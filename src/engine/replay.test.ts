import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Replay, whereOf } from './replay.ts';

const SMALL = readFileSync(new URL('../../public/kernels/small/machine.json', import.meta.url), 'utf8');
const BUG = '../scenarios/bugs/B13-double-instantiate.sh';

describe('replay', () => {
  it('knows where a scenario says that it runs', () => {
    expect(whereOf('# @kernel k\n# @design d\n# @vfs v\nls\n')).toEqual({ kernel: 'k', design: 'd', vfs: 'v' });
    expect(whereOf('# @design d\nls\n')).toEqual({ kernel: 'small', design: 'd' });
    expect(whereOf('ls\n')).toEqual({});
    expect(whereOf('# @nonsense\n')).toEqual({});
  });

  it('runs a scenario on the VFS that was asked for, and reports the bug', () => {
    const script = readFileSync(new URL(BUG, import.meta.url), 'utf8');
    const bugs = (vfs: string | undefined): readonly string[] => {
      const design = 'v6.8-merge';
      const common = { events: undefined, instance: undefined, cpus: undefined, userland: 'coreutils' } as const;
      const replay = new Replay({ machine: SMALL, design, vfs, ...common });
      return [...replay.run(script, false)].flatMap((record) => (record.oopses ?? []).map((oops) => oops.text));
    };
    expect(bugs('6.7-rc2')).toEqual(['kernel BUG at fs/dcache.c:2031!']);
    expect(bugs(undefined)).toEqual(['kernel BUG at fs/dcache.c:2040!']);
  });
});
