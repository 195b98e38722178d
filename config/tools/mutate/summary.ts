/** What became of mutants, folder by folder, as the table of docs/testing.md has it. */
import { posix } from 'node:path';
import type { Result } from './results.ts';

interface Known {
  readonly file: string;
  /** Undefined = it was not asked. */
  readonly result: Result | undefined;
}

/** The folder below src/ and one below that: "src/kernel/vfs". */
const roomOf = (file: string): string => posix.dirname(file).split('/').slice(0, 3).join('/');

export function tableOf(all: readonly Known[]): string {
  const rooms = new Map<string, Result[]>();
  for (const { file, result } of all)
    if (result !== undefined) rooms.set(roomOf(file), [...(rooms.get(roomOf(file)) ?? []), result]);
  const row = (name: string, results: readonly Result[]): string => {
    const survived = results.filter(({ killedBy }) => killedBy === undefined).length;
    const minutes = results.reduce((sum, { ms }) => sum + ms, 0) / 60_000;
    return `| ${name} | ${results.length} | ${results.length - survived} | ${survived} | ${minutes.toFixed(1)} |`;
  };
  return [
    '| folder | mutants | killed | survived | min |',
    '|---|---|---|---|---|',
    ...[...rooms].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, results]) => row(name, results)),
    row('all', [...rooms.values()].flat()),
  ].join('\n');
}
