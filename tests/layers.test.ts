/**
 * The direction of the arrows (docs/architecture.md, "Layers, one direction"): which folder of src/ may import which,
 * which packages a folder may use, no cycles between files, and no clock, chance or locale where runs must repeat.
 * That base, kernel, shell and checker use nothing of the DOM or Node is checked by the compiler: config/tsconfig.core.json.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT, parseSource, readSources, resolveImport, type SourceFile } from './support/imports.ts';

/** What a folder may import, in the order of the table in docs/architecture.md. `type engine`: its types only. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  kernel: ['base'],
  shell: ['kernel', 'base'],
  checker: ['kernel', 'base'],
  importers: ['base', 'type kernel'],
  session: ['base', 'importers'],
  engine: ['base', 'kernel', 'shell', 'checker', 'importers', 'session'],
  worker: ['engine', 'base'],
  cli: ['engine', 'base'],
  client: ['session', 'base', 'type engine'],
  state: ['session', 'base', 'type engine', 'type scenarios'],
  actions: ['state', 'client', 'base'],
  render: ['base'],
  ui: ['base'],
  views: ['state', 'actions', 'render', 'ui', 'base'],
  app: [
    ...['scenarios', 'views', 'state', 'actions', 'render', 'ui', 'base'],
    ...['client', 'session', 'importers', 'type engine', 'type kernel', 'type scenarios'],
  ],
  scenarios: [],
};

/** Layers below the views are used by a worker, a test or the command line: React cannot be there. */
const ONLY_IN: Readonly<Record<string, readonly string[]>> = {
  react: ['ui', 'views', 'app'],
  'react-dom': ['ui', 'views', 'app'],
  'radix-ui': ['ui', 'views', 'app'],
  '@tanstack/react-virtual': ['ui', 'views', 'app'],
  '@xterm/xterm': ['views'],
  zustand: ['views', 'app'], // its hook; `zustand/vanilla` is for everyone from state up
  'zustand/vanilla': ['state', 'actions', 'views', 'app'],
  comlink: ['worker', 'client'],
  unbash: ['shell'],
};
const NO_PACKAGES = ['base', 'kernel', 'shell', 'checker'];
const NODE_ALLOWED = ['cli'];
const CORE = ['base', 'kernel', 'shell', 'checker'];
const NOT_REPEATABLE = ['Date', 'performance', 'Math.random', 'crypto', 'Intl', '.localeCompare', '.toLocaleString'];

const layerOf = (path: string): string => path.split('/')[0] ?? '';
const packageOf = (specifier: string): string =>
  specifier === 'zustand/vanilla' ? specifier : specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

function layerProblems(file: SourceFile): string[] {
  const layer = layerOf(file.path);
  const allowed = MAY_IMPORT[layer];
  if (allowed === undefined) return [`${file.path}: ${layer} is not a layer of docs/architecture.md`];
  const isTest = /\.test\.tsx?$|\/testing\//.test(file.path);
  const problems: string[] = [];
  for (const { specifier, typeOnly } of file.imports) {
    const problem = (why: string) => problems.push(`${file.path} imports ${specifier}: ${why}`);
    const target = resolveImport(file.path, specifier);
    if (target !== undefined) {
      const to = layerOf(target);
      const allowedAsType = typeOnly && allowed.includes(`type ${to}`);
      if (to !== layer && !allowed.includes(to) && !allowedAsType) problem(`${layer} may not use ${to}`);
      continue;
    }
    if (isTest) continue; // a test, and what is there for tests only, may read a fixture and use its own tools; the layers it ties together count all the same
    if (specifier.startsWith('node:')) {
      if (!NODE_ALLOWED.includes(layer)) problem(`Node's modules belong to ${NODE_ALLOWED.join(', ')}`);
      continue;
    }
    const only = ONLY_IN[packageOf(specifier)];
    if (only !== undefined && !only.includes(layer)) problem(`this package belongs to ${only.join(', ')}`);
    if (only === undefined && NO_PACKAGES.includes(layer)) problem(`${layer} uses no packages`);
  }
  if (CORE.includes(layer) && !isTest) {
    for (const name of NOT_REPEATABLE)
      if (file.uses.has(name)) problems.push(`${file.path} uses ${name}: runs must repeat`);
  }
  return problems;
}

/** Every cycle found by a depth-first walk, each as 'a.ts → b.ts → a.ts'. */
function cycles(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const trail: string[] = [];
  const found: string[] = [];
  const visit = (path: string): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    const file = byPath.get(path);
    if (file === undefined || done.has(path) || trail.includes(path)) return;
    trail.push(path);
    for (const { specifier } of file.imports) {
      const target = resolveImport(path, specifier);
      if (target !== undefined) visit(target);
    }
    trail.pop();
    done.add(path);
  };
  for (const file of files) visit(file.path);
  return found;
}

/** The table of docs/architecture.md as layer → what it may import, its phrases spelled out. */
function documentedTable(): Record<string, readonly string[]> {
  const text = readFileSync(join(PROJECT, 'docs', 'architecture.md'), 'utf8');
  const table: Record<string, string[]> = {};
  for (const [, layer, may] of text.matchAll(/^\| `(\w+)\/` \|.*\| ([^|]+) \|$/gm)) {
    if (layer === undefined || may === undefined) continue;
    const above = Object.keys(table);
    const entry = new Set<string>();
    const add = (name: string): void => {
      entry.add(name);
    };
    const addWithAllItUses = (name: string): void => {
      add(name);
      for (const used of table[name] ?? []) if (!entry.has(used)) addWithAllItUses(used);
    };
    for (const phrase of may === '–' ? [] : may.split(', ')) {
      if (phrase === 'all above') above.forEach(add);
      else if (phrase.endsWith(' and all they use')) addWithAllItUses(phrase.replace(' and all they use', ''));
      else add(phrase.replace('types of ', 'type '));
    }
    table[layer] = [...entry];
  }
  return table;
}

const sorted = (table: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(table).map(([layer, may]) => [layer, [...may].sort()]));

describe('layers', () => {
  const files = readSources();

  it.each(files.map((file) => [file.path, file] as const))('%s uses only what its layer may', (_path, file) => {
    expect(layerProblems(file)).toEqual([]);
  });

  it('has no cycles between files', () => {
    expect(cycles(files)).toEqual([]);
  });

  it('keeps kernels out of ui', () => {
    const telling = /kernel|dentr|inode|eventfs|tracefs|d_count/i;
    const ui = readdirSync(join(PROJECT, 'src', 'ui'), { recursive: true, encoding: 'utf8' });
    const naming = ui
      .filter((file) => /\.(css|tsx?)$/.test(file))
      .filter((file) => telling.test(file + readFileSync(join(PROJECT, 'src', 'ui', file), 'utf8')));
    expect(naming).toEqual([]);
  });

  it('has the table of docs/architecture.md', () => {
    expect(sorted(MAY_IMPORT)).toEqual(sorted(documentedTable()));
  });

  it('compiles the core without DOM and Node', () => {
    const config = readFileSync(join(PROJECT, 'config', 'tsconfig.core.json'), 'utf8');
    for (const layer of CORE) expect(config).toContain(`"../src/${layer}"`);
    expect(config).toMatch(/"lib": \["ES2023"\],\s+"types": \[\]/);
  });
});

describe('the layer check itself', () => {
  const problemsOf = (path: string, text: string) => layerProblems(parseSource(path, text));

  it.each([
    ['kernel/a.ts', `import { x } from '../shell/run.ts';`, 'kernel may not use shell'],
    ['kernel/vfs/a.ts', `import type { X } from '../../engine/log.ts';`, 'kernel may not use engine'],
    ['base/a.ts', `type X = import('../kernel/api.ts').Kernel;`, 'base may not use kernel'],
    ['base/a.ts', `export * from '../kernel/api.ts';`, 'base may not use kernel'],
    ['state/a.ts', `import { log } from '../engine/log.ts';`, 'state may not use engine'],
    ['render/a.ts', `const later = () => import('../views/tree.tsx');`, 'render may not use views'],
    ['state/a.ts', `import { useState } from 'react';`, 'belongs to ui, views, app'],
    ['state/a.ts', `import { create } from 'zustand';`, 'belongs to views, app'],
    ['kernel/a.ts', `import { gzipSync } from 'fflate';`, 'kernel uses no packages'],
    ['engine/a.ts', `import { readdirSync, readFileSync } from 'node:fs';`, 'Node'],
    ['kernel/a.ts', `export const now = () => Date.now();`, 'uses Date'],
    ['shell/a.ts', `export const dice = () => Math.random();`, 'uses Math.random'],
    ['shell/a.ts', `export const order = (a: string, b: string) => a.localeCompare(b);`, 'uses .localeCompare'],
    ['misc/a.ts', ``, 'not a layer'],
  ])('refuses %s: %s', (path, text, problem) => {
    expect(problemsOf(path, text)).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    [
      'state/a.ts',
      `import type { Frame } from '../engine/protocol.ts'; import { createStore } from 'zustand/vanilla';`,
    ],
    ['state/a.ts', `import { type Frame } from '../engine/protocol.ts';`],
    ['shell/a.ts', `import { parse } from 'unbash'; import { assert } from '../base/assert.ts';`],
    ['kernel/a.ts', `export const f = (row: { Date: number }) => ({ Date: row.Date });`],
    ['kernel/a.test.ts', `import { it } from 'vitest'; import { readdirSync, readFileSync } from 'node:fs';`],
  ])('accepts %s: %s', (path, text) => {
    expect(problemsOf(path, text)).toEqual([]);
  });

  it('finds a cycle, also one of types only', () => {
    const files = [
      parseSource('kernel/a.ts', `import type { B } from './vfs/b.ts';`),
      parseSource('kernel/vfs/b.ts', `import { c } from '../c.ts';`),
      parseSource('kernel/c.ts', `export type { A } from './a.ts';`),
    ];
    expect(cycles(files)).toEqual(['kernel/a.ts → kernel/vfs/b.ts → kernel/c.ts → kernel/a.ts']);
  });
});
