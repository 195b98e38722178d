/** A copy of the tree to mutate: the work tree is never written to, whatever happens. */
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

const COPIED = ['config', 'docs', 'public', 'src', 'tests', 'index.html', 'package.json', 'package-lock.json'];
const SETTINGS = ['README.md', 'CONTRIBUTING.md', 'tsconfig.json', 'vite.config.ts'];

/** Makes it anew; returns its folder. */
export function copyTree(index: number): string {
  const folder = resolve('.cache', 'mutate', `tree-${index}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of [...COPIED, ...SETTINGS]) cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return folder;
}
