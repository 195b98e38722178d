/** Which tests may notice a change of a file, the nearest first: what runs first is most likely to fail, and soonest. */
import { posix } from 'node:path';
import { readSources, resolveImport } from '../../../tests/support/imports.ts';

/** Tests that are run together; the next stage is asked only when nobody noticed. */
export interface Stage {
  readonly name: 'near' | 'related' | 'scenarios' | 'properties' | 'conformance';
  /** Files, or folders of tests/ with all in them. */
  readonly tests: readonly string[];
}

export const SOURCES = ['src/kernel', 'src/engine', 'src/shell'] as const;
/** Stages of what spans layers, the quickest first. */
const SPANNING: readonly Stage[] = [
  { name: 'scenarios', tests: ['tests/page/', 'tests/scenarios/'] },
  { name: 'properties', tests: ['tests/properties/'] },
  { name: 'conformance', tests: ['tests/conformance/'] },
];

export class Selection {
  /** Path below src/ → paths below src/ that it imports. */
  readonly #imports: ReadonlyMap<string, readonly string[]>;

  constructor() {
    const resolved = readSources().map(({ path, imports }) => {
      const targets = imports.flatMap(({ specifier }) => resolveImport(path, specifier) ?? []);
      return [path, targets] as const;
    });
    this.#imports = new Map(resolved);
  }

  /** Source files below a folder or named by it, in the order of their names. */
  filesBelow(folder: string): readonly string[] {
    const isMutable = (file: string) => !/\.test\.tsx?$|\/testing\//.test(file);
    return [...this.#imports.keys()]
      .map((path) => `src/${path}`)
      .filter((file) => (file === folder || file.startsWith(`${folder.replace(/\/$/, '')}/`)) && isMutable(file));
  }

  stagesOf(file: string): readonly Stage[] {
    const path = file.replace(/^src\//, '');
    const tests = [...this.#imports.keys()].filter((p) => /\.test\.tsx?$/.test(p) && this.#reaches(p, path));
    const isNear = (test: string) => posix.dirname(test) === posix.dirname(path);
    const unit = [
      { name: 'near', tests: tests.filter(isNear) },
      { name: 'related', tests: tests.filter((test) => !isNear(test)) },
    ] as const;
    return [
      ...unit.map(({ name, tests: some }) => ({ name, tests: some.map((test) => `src/${test}`) })),
      ...SPANNING,
    ].filter((stage) => stage.tests.length > 0);
  }

  #reaches(from: string, to: string): boolean {
    const seen = new Set([from]);
    for (const path of seen) {
      if (path === to) return true;
      for (const next of this.#imports.get(path) ?? []) seen.add(next);
    }
    return false;
  }
}
