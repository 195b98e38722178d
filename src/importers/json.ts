/**
 * JSON from outside → a value of a known shape, or the one problem that stopped it. Depth is checked before JSON.parse
 * and the validators see the text: both would otherwise nest as deep as it says.
 */
import * as v from 'valibot';
import { err, ok, type Result } from '../base/result.ts';
import { checkSize, type ImportProblem } from './problem.ts';

export interface JsonLimits {
  readonly bytes: number;
  readonly depth: number;
}

/** A JSON file of ours says what it is: `format` is its name and `version` a whole number. */
export interface JsonFormat {
  readonly format: string;
  readonly version: number;
  readonly limits: JsonLimits;
}

export function parseJson<S extends v.GenericSchema>(
  text: string,
  schema: S,
  { format, version, limits }: JsonFormat,
): Result<v.InferOutput<S>, ImportProblem> {
  const tooLarge = checkSize(text, limits.bytes);
  if (tooLarge !== undefined) return err(tooLarge);
  if (isDeeperThan(text, limits.depth)) return err({ code: 'tooDeep', limit: limits.depth });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return err({ code: 'notJson', detail: error instanceof Error ? error.message : String(error) });
  }
  const head = v.safeParse(v.object({ format: v.literal(format), version: v.unknown() }), value);
  if (!head.success) return err({ code: 'notThisFormat', format });
  if (head.output.version !== version) {
    const found = show(head.output.version);
    return err({ code: 'unsupportedVersion', format, found, supported: String(version) });
  }
  const result = v.safeParse(schema, value, { abortEarly: true });
  return result.success ? ok(result.output) : err(badField(result.issues[0]));
}

function badField(issue: v.BaseIssue<unknown>): ImportProblem {
  return {
    code: 'badField',
    path: v.getDotPath(issue) ?? '',
    expected: issue.expected ?? issue.message,
    found: show(issue.input),
  };
}

/** The record with every value changed and every key kept. */
export function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

const MAX_SHOWN = 60;

/** A value as a short text for a problem. Containers are named, not shown: they may be large or deep. */
function show(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, MAX_SHOWN)) : String(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/** Whether brackets outside strings nest deeper than `limit`. */
function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === BACKSLASH) i++;
      else if (c === QUOTE) inString = false;
    } else if (c === QUOTE) {
      inString = true;
    } else if (c === OPEN_LIST || c === OPEN_OBJECT) {
      if (++depth > limit) return true;
    } else if (c === CLOSE_LIST || c === CLOSE_OBJECT) {
      depth--;
    }
  }
  return false;
}
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
