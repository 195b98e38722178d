/** getopt(3) as GNU programs use it: options anywhere before `--`, letters joined, values joined or in the next word. */
import { RefusalError, unsupported } from '../problem.ts';

export interface OptionSpec {
  /** Letters without a value. */
  readonly flags: string;
  /** Letters with a value. */
  readonly values?: string;
  /** Options end at the first operand (builtins of bash). */
  readonly inOrder?: boolean;
  /** `head -5`: this letter's value, given as a number right after the dash. */
  readonly number?: string;
}

export interface ParsedOptions {
  has(letter: string): boolean;
  /** The last value given for `letter`. */
  value(letter: string): string | undefined;
  /** All values given for `letter`, in order. */
  all(letter: string): readonly string[];
  readonly operands: readonly string[];
  /** A letter whose value is missing. */
  readonly missing: string | undefined;
}

interface Scan {
  readonly given: [letter: string, value: string][];
  readonly operands: (string | undefined)[];
  missing: string | undefined;
  unknown: string | undefined;
}

function scan(spec: OptionSpec, words: readonly (string | undefined)[]): Scan {
  const result: Scan = { given: [], operands: [], missing: undefined, unknown: undefined };
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === '--') {
      result.operands.push(...words.slice(i + 1));
      break;
    }
    if (word === undefined || !word.startsWith('-') || word === '-') {
      if (spec.inOrder === true) {
        result.operands.push(...words.slice(i));
        break;
      }
      result.operands.push(word);
    } else if (word.startsWith('--')) result.unknown ??= word;
    else if (spec.number !== undefined && /^-\d+$/.test(word)) result.given.push([spec.number, word.slice(1)]);
    else i += scanLetters(spec, word, words[i + 1], i + 1 < words.length, result);
  }
  return result;
}

/** Letters of one word; gives back how many of the words after it are taken as a value. */
function scanLetters(spec: OptionSpec, word: string, next: string | undefined, hasNext: boolean, result: Scan): number {
  for (let at = 1; at < word.length; at++) {
    const letter = word.charAt(at);
    if (spec.values?.includes(letter) === true) {
      const joined = word.slice(at + 1);
      if (joined === '' && !hasNext) result.missing ??= letter;
      else result.given.push([letter, joined === '' ? (next ?? '') : joined]);
      return joined === '' ? 1 : 0;
    }
    if (spec.flags.includes(letter)) result.given.push([letter, '']);
    else result.unknown ??= `-${letter}`;
  }
  return 0;
}

/** For ShellCommand.unsupported: options are checked before anything runs. */
export const onlyOptions =
  (name: string, spec: OptionSpec) =>
  (words: readonly (string | undefined)[]): string | undefined => {
    const { unknown } = scan(spec, words);
    return unknown === undefined ? undefined : `${name} ${unknown}`;
  };

/** Refuses options that are not modelled: a real program may have them. */
export function parseOptions(name: string, spec: OptionSpec, words: readonly string[]): ParsedOptions {
  const { given, operands, missing, unknown } = scan(spec, words);
  if (unknown !== undefined) throw new RefusalError(unsupported(`${name} ${unknown}`));
  const all = (letter: string): string[] => given.flatMap(([name, value]) => (name === letter ? [value] : []));
  return {
    has: (letter) => given.some(([name]) => name === letter),
    value: (letter) => all(letter).at(-1),
    all,
    operands: operands.filter((word) => word !== undefined),
    missing,
  };
}
