import { expect, it } from 'vitest';
import { Selection } from './selection.ts';

const selection = new Selection();

it('asks the tests beside a file first, then those that reach it, then those that span layers', () => {
  const [near, related, ...spanning] = selection.stagesOf('src/kernel/locking/lock.ts');
  expect(near.tests).toContain('src/kernel/locking/lock.test.ts');
  expect(near.tests.every((test) => test.startsWith('src/kernel/locking/'))).toBe(true);
  expect(related.tests).toContain('src/engine/act.test.ts');
  expect(related.tests.filter((test) => near.tests.includes(test))).toEqual([]);
  expect(spanning.map(({ name }) => name)).toEqual(['scenarios', 'properties', 'conformance']);
});

it('knows no test of what does not use a file', () => {
  expect(selection.stagesOf('src/shell/parse.ts').flatMap(({ tests }) => tests)).not.toContain(
    'src/kernel/locking/lock.test.ts',
  );
});

it('takes a folder, or a file, without its tests', () => {
  const files = selection.filesBelow('src/kernel/locking');
  expect(files).toContain('src/kernel/locking/lock.ts');
  expect(files.filter((file) => /\.test\.|testing/.test(file))).toEqual([]);
  expect(selection.filesBelow('src/kernel/locking/')).toEqual(files);
  expect(selection.filesBelow('src/kernel/locking/lock.ts')).toEqual(['src/kernel/locking/lock.ts']);
  expect(selection.filesBelow('src/kernel/lock')).toEqual([]);
});
