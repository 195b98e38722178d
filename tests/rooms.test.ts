/**
 * The rooms inside kernel/ (docs/architecture.md, "Rooms of the kernel"): which may import which. For tests/layers.test.ts kernel/ is
 * one layer without cycles of files; two rooms can lean on each other all the same, by different files, and did.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT, parseSource, readSources, resolveImport, type SourceFile } from './support/imports.ts';

/** A folder of kernel/, or some files that lie beside the folders. */
interface Room {
  readonly name: string;
  /** Empty = a folder. */
  readonly files: readonly string[];
  readonly mayImport: readonly string[];
}

/** The table of the document, from the lowest room to the highest. */
function documentedRooms(): readonly Room[] {
  const text = readFileSync(join(PROJECT, 'docs', 'architecture.md'), 'utf8');
  const [, section = ''] = text.split('### Rooms of the kernel');
  const [table = ''] = section.split('\n#');
  const rooms: Room[] = [];
  for (const [, name = '', files = '', may = ''] of table.matchAll(
    /^\| `([\w/]+)`(?: \(([^)]*)\))? \|.*\| ([^|]+) \|$/gm,
  )) {
    const above = rooms.map((room) => room.name);
    const mayImport = may === '–' ? [] : may === 'all above' ? above : may.split(', ');
    rooms.push({ name, files: files.split(' ').filter(Boolean), mayImport });
  }
  return rooms;
}

const rooms = documentedRooms();

/** The room of a file below kernel/: the one that names it, or the innermost folder around it. */
function roomOf(path: string): Room | undefined {
  const inside = path.replace(/^kernel\//, '');
  const around = rooms.filter(({ name, files }) => files.length === 0 && inside.startsWith(`${name}/`));
  const [innermost] = around.sort((a, b) => b.name.length - a.name.length);
  return rooms.find(({ files }) => files.includes(inside)) ?? innermost;
}

/** A test, and what is there for tests only, may enter any room. */
const isTest = (path: string): boolean => /\.test\.ts$|\/testing\//.test(path);

function roomProblems({ path, imports }: SourceFile): readonly string[] {
  const room = roomOf(path);
  if (room === undefined) return [`${path} is in no room of docs/architecture.md`];
  return imports.flatMap(({ specifier }) => {
    const target = resolveImport(path, specifier);
    if (target?.startsWith('kernel/') !== true) return [];
    const to = roomOf(target)?.name ?? target;
    return to === room.name || room.mayImport.includes(to) ? [] : [`${room.name} may not use ${to}: ${specifier}`];
  });
}

describe('the rooms of kernel/', () => {
  const files = readSources().filter(({ path }) => path.startsWith('kernel/') && !isTest(path));

  it.each(files.map((file) => [file.path, file] as const))('%s uses only what its room may', (_path, file) => {
    expect(roomProblems(file)).toEqual([]);
  });

  it('stand in the order of their arrows, so that no two can lean on each other', () => {
    const names = rooms.map(({ name }) => name);
    const upwards = rooms.flatMap(({ name, mayImport }, at) =>
      mayImport.filter((other) => !names.slice(0, at).includes(other)).map((other) => `${name} → ${other}`),
    );
    expect(upwards).toEqual([]);
  });

  it('are all there, and every arrow is used', () => {
    const arrows = new Set(
      files.flatMap(({ path, imports }) =>
        imports.map(({ specifier }) => {
          const target = resolveImport(path, specifier) ?? '';
          return `${roomOf(path)?.name} → ${target.startsWith('kernel/') ? roomOf(target)?.name : ''}`;
        }),
      ),
    );
    const unused = rooms
      .slice(0, -1)
      .flatMap(({ name, mayImport }) =>
        mayImport.map((other) => `${name} → ${other}`).filter((arrow) => !arrows.has(arrow)),
      );
    expect(unused).toEqual([]);
    expect(rooms.filter(({ name }) => !files.some(({ path }) => roomOf(path)?.name === name))).toEqual([]);
  });
});

describe('the check of rooms itself', () => {
  it.each([
    ['kernel/vfs/a.ts', `import { showFileAt } from '../procfs/show-events-dentries.ts';`, 'vfs may not use procfs'],
    ['kernel/vfs/namei/a.ts', `import type { X } from '../../tracing/instance.ts';`, 'vfs may not use tracing'],
    ['kernel/memory/a.ts', `import type { Kern } from '../kern.ts';`, 'memory may not use kern'],
    ['kernel/designs/2023/a.ts', `import { native } from '../native.ts';`, 'designs/2023 may not use designs'],
    ['kernel/misc.ts', ``, 'in no room'],
  ])('refuses %s: %s', (path, text, problem) => {
    expect(roomProblems(parseSource(path, text))).toEqual([expect.stringContaining(problem)]);
  });
});
