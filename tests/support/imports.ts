/**
 * Reads what each source file imports, with the parser that vite brings. Type-only imports count: a type that leaks
 * upwards ties two layers together as much as a value does.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

export const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface Import {
  /** As written: './slab.ts', 'react', 'node:fs'. */
  readonly specifier: string;
  readonly typeOnly: boolean;
}

export interface SourceFile {
  /** Below src/, with forward slashes: 'kernel/memory/slab.ts'. */
  readonly path: string;
  readonly imports: readonly Import[];
  /** Free names that say where a file can run: `Date`, `Math.random`, `.localeCompare`. */
  readonly uses: ReadonlySet<string>;
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

export function parseSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const imports: Import[] = [];
  const uses = new Set<string>();

  const visit = (node: Node): void => {
    const specifier = isNode(node.source) ? node.source.value : undefined;
    if (typeof specifier === 'string') imports.push({ specifier, typeOnly: isTypeOnly(node) });
    if (node.type === 'Identifier') uses.add(String(node.name));
    if (node.type === 'MemberExpression' && isNode(node.property) && node.property.type === 'Identifier') {
      const object = isNode(node.object) && node.object.type === 'Identifier' ? String(node.object.name) : '';
      uses.add(`${object}.${String(node.property.name)}`);
      uses.add(`.${String(node.property.name)}`);
      if (isNode(node.object)) visit(node.object);
      return; // `row.Date` is no use of Date
    }
    for (const [key, value] of Object.entries(node)) {
      if (key === 'key' && node.computed !== true) continue; // `{ Date: 1 }` is no use of Date either
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child);
    }
  };
  visit(program as unknown as Node);
  return { path, imports, uses };
}

/** `import type`, `import { type A }`, `export type … from` and the type `import('./a.ts').A`. */
function isTypeOnly(node: Node): boolean {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true;
  const specifiers = Array.isArray(node.specifiers) ? node.specifiers.filter(isNode) : [];
  return specifiers.length > 0 && specifiers.every((s) => s.importKind === 'type' || s.exportKind === 'type');
}

export function readSources(root = join(PROJECT, 'src')): readonly SourceFile[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => parseSource(relative(root, file).replaceAll('\\', '/'), readFileSync(file, 'utf8')))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The path below src/ that a relative import names, or undefined for a package. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ''));
}
