/** A copy of the tree to mutate: the work tree is never written to, whatever happens. */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

const COPIED = ['config', 'docs', 'public', 'src', 'tests', 'index.html', 'package.json', 'package-lock.json'];
const SETTINGS = ['README.md', 'CONTRIBUTING.md', 'tsconfig.json', 'vite.config.ts'];
const TREES = join('.cache', 'mutate', 'trees');

/** One for each worker of each run, so that two runs at a time are not in each other's way. Returns its folder. */
export function copyTree(index: number): string {
  const folder = resolve(TREES, `${process.pid}-${index}`);
  removeTree(folder);
  mkdirSync(folder, { recursive: true });
  for (const name of [...COPIED, ...SETTINGS]) cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return folder;
}

export const removeTree = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** Removes those of runs that were killed. */
export function removeOldTrees(): void {
  if (!existsSync(TREES)) return;
  for (const name of readdirSync(TREES)) if (!isRunning(Number(name.split('-')[0]))) removeTree(join(TREES, name));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
