import { expect, it } from 'vitest';
import { tableOf } from './summary.ts';

const mutant = { start: 0, end: 1, replacement: '', line: 1 };
const known = (file: string, killedBy: string | undefined) => ({
  file,
  result: { mutant, killedBy, stage: 'near', ms: 60_000 } as const,
});

it('is a row for each folder, and does not count what was not asked', () => {
  const table = tableOf([
    known('src/kernel/vfs/a.ts', undefined),
    known('src/kernel/vfs/b.ts', 'a test'),
    known('src/engine/c.ts', 'a test'),
    { file: 'src/engine/d.ts', result: undefined },
  ]);
  expect(table.split('\n').slice(2)).toEqual([
    '| src/engine | 1 | 1 | 0 | 1.0 |',
    '| src/kernel/vfs | 2 | 1 | 1 | 2.0 |',
    '| all | 3 | 2 | 1 | 3.0 |',
  ]);
});
