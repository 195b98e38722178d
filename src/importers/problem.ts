/**
 * What can be wrong with a text from outside. `code` is the interface: callers decide by it and never by a message.
 * Lines and columns count from 1, as editors do.
 */
import { type Bytes, bytes } from '../base/brand.ts';

/** Why a single line was not used. */
export type LineReason =
  | 'columns' // not as many columns as the format has
  | 'type' // the file type is not one that can be here
  | 'mode' // not an octal mode
  | 'number' // a column that must be a whole number is none
  | 'name' // empty, "." or "..", longer than NAME_MAX, or with a control character
  | 'outside' // a path that does not belong into this listing
  | 'depth' // deeper than the kernel nests
  | 'unknownFile' // a file that the kernel does not make here
  | 'unknownCache' // a slab cache that the head of the text does not have
  | 'json' // not a JSON value of the expected shape
  | 'sequence'; // a record that is out of its place

/** A line that was reported and skipped; the import went on. */
export type LineProblem =
  | { readonly code: 'badLine'; readonly line: number; readonly column: number; readonly reason: LineReason }
  | { readonly code: 'missingParent'; readonly line: number; readonly path: string; readonly parent: string }
  | { readonly code: 'duplicate'; readonly line: number; readonly path: string; readonly firstLine: number };

/** Why an import stopped. A bad line is among them where the following lines build on it. */
export type ImportProblem =
  | Extract<LineProblem, { code: 'badLine' }>
  | { readonly code: 'tooLarge'; readonly bytes: Bytes; readonly limit: Bytes }
  | { readonly code: 'tooMany'; readonly what: string; readonly limit: number }
  | { readonly code: 'tooDeep'; readonly limit: number }
  | { readonly code: 'notThisFormat'; readonly format: string }
  | { readonly code: 'unsupportedVersion'; readonly format: string; readonly found: string; readonly supported: string }
  | { readonly code: 'notJson'; readonly detail: string }
  | { readonly code: 'badField'; readonly path: string; readonly expected: string; readonly found: string };

/** The skipped lines of an import: the first few in full, and how many there were. */
export interface Skipped {
  readonly problems: readonly LineProblem[];
  readonly count: number;
}

/** So many skipped lines are kept in full. More of them help nobody. */
const MAX_KEPT = 100;

/** Collects skipped lines. */
export class SkippedLines implements Skipped {
  readonly problems: LineProblem[] = [];
  count = 0;

  add(problem: LineProblem): void {
    this.count++;
    if (this.problems.length < MAX_KEPT) this.problems.push(problem);
  }
}

/** One sentence for a person. */
export function describeProblem(problem: ImportProblem | LineProblem): string {
  switch (problem.code) {
    case 'tooLarge':
      return `the text has ${problem.bytes} bytes; the limit is ${problem.limit}`;
    case 'tooMany':
      return `more than ${problem.limit} ${problem.what}`;
    case 'tooDeep':
      return `nested deeper than ${problem.limit} levels`;
    case 'notThisFormat':
      return `this is not a ${problem.format}`;
    case 'unsupportedVersion':
      return `${problem.format} of version ${problem.found}; this program reads ${problem.supported}`;
    case 'notJson':
      return `not JSON: ${problem.detail}`;
    case 'badField':
      return `${problem.path}: expected ${problem.expected}, found ${problem.found}`;
    case 'badLine':
      return `line ${problem.line}, column ${problem.column}: ${LINE_REASONS[problem.reason]}`;
    case 'missingParent':
      return `line ${problem.line}: ${problem.path} stands without its directory ${problem.parent}`;
    case 'duplicate':
      return `line ${problem.line}: ${problem.path} is already in line ${problem.firstLine}`;
  }
}

const LINE_REASONS: Readonly<Record<LineReason, string>> = {
  columns: 'wrong number of columns',
  type: 'a file type that cannot be here',
  mode: 'not an octal mode',
  number: 'not a whole number',
  name: 'not a file name',
  outside: 'a path that does not belong here',
  depth: 'a path deeper than the kernel nests',
  unknownFile: 'a file that the kernel does not make here',
  unknownCache: 'a slab cache that the first line does not name',
  json: 'not a record in JSON',
  sequence: 'a record out of its place',
};

/** Texts are measured in UTF-16 units: never more than their bytes, and known without encoding them. */
export function checkSize(text: string, limit: number): ImportProblem | undefined {
  return text.length > limit ? { code: 'tooLarge', bytes: bytes(text.length), limit: bytes(limit) } : undefined;
}
