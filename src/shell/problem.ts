/**
 * Why a script is not run, or not run further. The code is the interface, the message is for people. What the modelled
 * kernel or a modelled command refuses is not a problem: that is a status and a line on stderr, as on a real machine.
 */

export type LimitName = 'scriptLength' | 'nesting' | 'text' | 'words' | 'callDepth';

export type Refusal =
  | { readonly code: 'syntax'; readonly message: string }
  /** Bash has it, the model does not. */
  | { readonly code: 'unsupported'; readonly feature: string; readonly message: string }
  | { readonly code: 'unknownCommand'; readonly name: string; readonly message: string }
  /** Its value differs from run to run (`$$`, `$RANDOM`, `date`), so a replay could not repeat it. */
  | { readonly code: 'notRepeatable'; readonly name: string; readonly message: string }
  | { readonly code: 'limit'; readonly limit: LimitName; readonly max: number; readonly message: string };

/** 1-based; the column counts UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type ShellProblem = Refusal & Position;

/** Thrown while a command runs; Shell.run gives it a position and hands it back in the result. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

export const unsupported = (feature: string): Refusal => ({
  code: 'unsupported',
  feature,
  message: `${feature} is not modelled`,
});

export const unknownCommand = (name: string): Refusal => ({
  code: 'unknownCommand',
  name,
  message: `${name}: not a command of this shell`,
});

export const notRepeatable = (name: string): Refusal => ({
  code: 'notRepeatable',
  name,
  message: `${name} differs from run to run, so a replay could not repeat it`,
});

const LIMIT_WORDS: Readonly<Record<LimitName, string>> = {
  scriptLength: 'characters in a script',
  nesting: 'levels of nesting',
  text: 'characters in a pipe, substitution or variable',
  words: 'words in a command',
  callDepth: 'calls within each other',
};

export const limitReached = (limit: LimitName, max: number): Refusal => ({
  code: 'limit',
  limit,
  max,
  message: `more than ${max} ${LIMIT_WORDS[limit]}`,
});
