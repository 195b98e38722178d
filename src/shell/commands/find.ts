/** `find`: print, by type, name and depth. */

import { ERRNO_TEXT } from '../../kernel/errno.ts';
import { type FileType, O } from '../../kernel/syscalls.ts';
import { compilePattern, matchesPattern } from '../expand/pattern.ts';
import { RefusalError, unsupported } from '../problem.ts';
import { quoteWord } from '../text/gnu-quote.ts';
import type { ShellCommand } from './command.ts';
import { bareWalk, type FindVisitor, type FoundEntry, FtsWalk } from './find-walk.ts';
import { complain } from './messages.ts';

const TYPES: Readonly<Record<string, FileType>> = { f: 'file', d: 'dir', l: 'link' };
/** Predicates, and whether the next word belongs to them. */
const PREDICATES: Readonly<Record<string, boolean>> = {
  '-type': true,
  '-name': true,
  '-maxdepth': true,
  '-mindepth': true,
  '-print': false,
};

type Test = (entry: FoundEntry) => boolean;

interface Expression {
  readonly paths: readonly string[];
  readonly tests: readonly Test[];
  readonly maxDepth: number;
  readonly minDepth: number;
  readonly problem: string | undefined;
}

const startsExpression = (word: string): boolean => /^(-.|[(!])/.test(word);

export const find: ShellCommand = {
  name: 'find',
  synopsis: 'find [DIR]... [-maxdepth N] [-mindepth N] [-type f|d|l] [-name PATTERN] [-print]',
  kind: 'program',
  calls: {
    coreutils:
      'open "." and hold it; lstat DIR; each directory: lstat, open (relative to its parent, which stays open), lstat again, getdents to the end, close when all in it has been seen',
    bare: 'lstat DIR; each directory: open, getdents to the end, close, descend in the order of reading',
  },
  unsupported: (words) => {
    for (
      let i = words.findIndex((word) => word !== undefined && startsExpression(word));
      i >= 0 && i < words.length;
      i++
    ) {
      const word = words[i];
      if (word === undefined) continue;
      if (!(word in PREDICATES)) return `find ${word}`;
      if (PREDICATES[word] === true) i++;
    }
    return undefined;
  },
  *run(process, args) {
    const expression = parseExpression(args);
    if (expression.problem !== undefined) {
      yield* complain(process, expression.problem);
      return 1;
    }
    const { minDepth, tests } = expression;
    let status = 0;
    const visitor: FindVisitor = {
      maxDepth: expression.maxDepth,
      *visit(entry) {
        if (entry.depth < minDepth || !tests.every((test) => test(entry))) return;
        yield* process.out.write(`${entry.path}\n`);
      },
      *failed(path, errno) {
        status = 1;
        yield* complain(process, `${quoteWord(path)}: ${ERRNO_TEXT[errno]}`);
      },
      *loops(path, ancestor) {
        status = 1;
        const loop = `${quoteWord(path)} is part of the same file system loop as ${quoteWord(ancestor)}.`;
        yield* complain(process, `File system loop detected; ${loop}`);
      },
    };
    const paths = expression.paths.length === 0 ? ['.'] : expression.paths;
    if (process.context.bare) for (const path of paths) yield* bareWalk(process.calls, visitor, path);
    else {
      const start = yield* process.calls.open('.', O.RDONLY);
      for (const path of paths) yield* new FtsWalk(process.calls, visitor).run(path);
      if (start.ok) yield* process.calls.close(start.value);
    }
    return status;
  },
};

function parseExpression(args: readonly string[]): Expression {
  const first = args.findIndex(startsExpression);
  const paths = first < 0 ? args : args.slice(0, first);
  const tests: Test[] = [];
  const depths = { '-maxdepth': Number.POSITIVE_INFINITY, '-mindepth': 0 };
  const done = (problem?: string): Expression => ({
    paths,
    tests,
    maxDepth: depths['-maxdepth'],
    minDepth: depths['-mindepth'],
    problem,
  });
  for (let i = paths.length; i < args.length; i++) {
    const predicate = args[i] ?? '';
    const takesValue = PREDICATES[predicate];
    if (takesValue === undefined) throw new RefusalError(unsupported(`find ${predicate}`));
    if (!takesValue) continue;
    const value = args[++i];
    if (value === undefined) return done(`missing argument to \`${predicate}'`);
    if (predicate === '-name') {
      const pattern = compilePattern([{ text: value, quoted: false }]);
      tests.push(({ name }) => matchesPattern(pattern, name));
    } else if (predicate === '-type') {
      const letters = value.split(',');
      if (letters.some((letter) => !(letter in TYPES))) return done(`Unknown argument to -type: ${value}`);
      const types = letters.map((letter) => TYPES[letter]);
      tests.push(({ type }) => types.includes(type));
    } else {
      if (!/^\d+$/.test(value))
        return done(`Expected a positive decimal integer argument to ${predicate}, but got ${quoteWord(value)}`);
      depths[predicate === '-maxdepth' ? '-maxdepth' : '-mindepth'] = Number(value);
    }
  }
  return done();
}
