/**
 * The listings of the recorded machines, line by line: path, type, mode, links, size, in the order of getdents, directory
 * by directory (events-tree.txt and instance-tree.txt of the recordings). They are too long to keep a second time beside
 * the catalogue, so that digests of them stand here.
 */
import { createHash } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { boot } from '../../src/kernel/kernel.ts';
import { O, type Stat } from '../../src/kernel/syscalls.ts';
import { loadMachine } from './machines.ts';
import { Program, TRACEFS } from './program.ts';

vi.setConfig({ testTimeout: 60_000 }); // seconds at most, but two cores may run much else

it.each([
  [
    '6.1',
    'linux-6.1.0-56-amd64',
    { lines: 9_575, sha256: '55bdb777c04db703' },
    { lines: 9_648, sha256: '517b75e321281f66' },
  ],
  [
    '6.12',
    'linux-6.12.117-amd64',
    { lines: 10_714, sha256: 'ddf404976e5614e5' },
    { lines: 10_799, sha256: 'c3c991c09bb556e3' },
  ],
])('%s lists its events and an instance as recorded', (_, kernel, events, instance) => {
  const program = new Program(boot(loadMachine(kernel)));
  program.call('mkdir', `${TRACEFS}/instances/foo`);
  expect(digest(list(program, TRACEFS, ['events']))).toEqual(events);
  expect(digest(list(program, `${TRACEFS}/instances/foo`, ['']))).toEqual(instance);
});

function list(program: Program, base: string, directories: readonly string[]): string[] {
  const lines: string[] = [];
  for (const directory of directories) {
    const below: string[] = [];
    program.open(`${base}/${directory}`, O.DIRECTORY, 'dir');
    program.getdents('dir', ({ name, type }) => {
      if (name === '.' || name === '..') return;
      const path = directory === '' ? name : `${directory}/${name}`;
      const stat = program.stat(`${base}/${path}`, (s) => lines.push(line(path, s)));
      if (!stat.ok) throw new Error(`${path}: ${stat.errno}`);
      if (type === 'dir') below.push(path);
    });
    program.close('dir');
    lines.push(...list(program, base, below));
  }
  return lines;
}

const line = (path: string, { type, mode, nlink, size }: Stat): string =>
  [path, type[0], `0${mode.toString(8).padStart(3, '0')}`, nlink, size].join('\t');

/**
 * The files of ftrace/print count as listed in any order: 6.1 made `trigger` last of all files of the machine, the model makes
 * it with its neighbours. No count depends on it.
 */
function anyOrderInPrint(lines: readonly string[]): string[] {
  const isPrint = (text: string) => text.startsWith('events/ftrace/print/');
  const sorted = lines.filter(isPrint).sort();
  return lines.map((text) => (isPrint(text) ? (sorted.shift() ?? '') : text));
}

const digest = (lines: readonly string[]) => ({
  lines: lines.length,
  sha256: createHash('sha256').update(anyOrderInPrint(lines).join('\n')).digest('hex').slice(0, 16),
});
