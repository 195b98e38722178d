/** The limits of the shell. Reaching one is a typed problem (or, for what is printed, a cut that is said), never a crash. */

/** Longest script text, in characters. */
export const MAX_SCRIPT_LENGTH = 1 << 20;

/** Compound commands, substitutions and expansions within each other. The parser itself gives up at 256. */
export const MAX_NESTING = 64;

/** Output kept of one top-level command, for stdout and stderr each. What is beyond is dropped and `truncated` is set. */
export const MAX_OUTPUT = 1 << 20;

/** Text in one pipe, here-document, command substitution or variable. */
export const MAX_TEXT = 8 << 20;

/** Words that one command line may expand to. */
export const MAX_WORDS = 100_000;

/** Functions calling functions, and subshells within subshells at run time. */
export const MAX_CALL_DEPTH = 100;
