/**
 * What can be refused before anything runs: syntax errors, features and variables that are not modelled, commands that do
 * not exist, nesting that is too deep. The first syntax error is reported, or else the first problem of another kind.
 */
import { type Command, forEachChild, type ParsedScript, type SyntaxNode } from 'unbash';
import { isFileTest } from './commands/file-test.ts';
import { findCommand } from './commands/registry.ts';
import { NOT_REPEATABLE_VARIABLES, UNSUPPORTED_VARIABLES } from './expand/lookup.ts';
import { MAX_NESTING } from './limits.ts';
import { limitReached, notRepeatable, type Refusal, unknownCommand, unsupported } from './problem.ts';

export interface Found {
  readonly offset: number;
  readonly refusal: Refusal;
}

/** Programs whose output differs from run to run. */
const NOT_REPEATABLE_COMMANDS = new Set(['date', 'time', 'uptime', 'uuidgen', 'mktemp', 'shuf', 'ps', 'top', 'free']);

/** Builtins and keywords of bash that the model does not have; other unknown names are unknown commands. */
const UNSUPPORTED_COMMANDS = new Set(
  '. alias bg bind builtin caller command compgen complete declare dirs disown enable fc fg getopts hash history jobs kill let logout mapfile popd pushd readarray readonly shopt source suspend times trap type typeset ulimit umask unalias'.split(
    ' ',
  ),
);

/** What nests, for MAX_NESTING. */
const NESTING: ReadonlySet<SyntaxNode['type']> = new Set<SyntaxNode['type']>([
  'If',
  'For',
  'ArithmeticFor',
  'While',
  'Case',
  'Subshell',
  'BraceGroup',
  'Function',
  'CommandExpansion',
  'ParameterExpansion',
  'ArithmeticExpansion',
  'ArithmeticGroup',
  'TestGroup',
]);

export function checkScript(script: ParsedScript, knownFunctions: ReadonlySet<string>): Found | undefined {
  const check = new Check(knownFunctions);
  check.collectFunctions(script);
  check.visit(script, 0);
  return check.first;
}

class Check {
  #firstRefusal: Found | undefined;
  #firstSyntaxError: Found | undefined;
  readonly #functions: Set<string>;
  /** Offset that stands for all of a script whose text is elsewhere (unescaped from `…`). */
  #outer: number | undefined;

  constructor(knownFunctions: ReadonlySet<string>) {
    this.#functions = new Set(knownFunctions);
  }

  collectFunctions(node: SyntaxNode): void {
    if (node.type === 'Function') this.#functions.add(node.name.value);
    forEachChild(node, (child) => this.collectFunctions(child));
  }

  #report(offset: number, refusal: Refusal | undefined): void {
    if (refusal === undefined) return;
    const at = this.#outer ?? offset;
    const before = refusal.code === 'syntax' ? this.#firstSyntaxError : this.#firstRefusal;
    if (before !== undefined && before.offset <= at) return;
    if (refusal.code === 'syntax') this.#firstSyntaxError = { offset: at, refusal };
    else this.#firstRefusal = { offset: at, refusal };
  }

  /** A text that does not parse has no other problems: what it seems to say may not be what is meant. */
  get first(): Found | undefined {
    return this.#firstSyntaxError ?? this.#firstRefusal;
  }

  visit(node: SyntaxNode, depth: number): void {
    if (depth > MAX_NESTING) {
      this.#report(node.pos, limitReached('nesting', MAX_NESTING));
      return;
    }
    const outer = this.#outer;
    if (node.type === 'Script') {
      if (node.source !== undefined) this.#outer ??= node.pos;
      for (const error of node.errors ?? [])
        this.#report(error.pos, { code: 'syntax', message: `syntax error: ${error.message}` });
    } else this.#report(node.pos, node.type === 'Command' ? this.#command(node) : refusalOf(node));
    const inside = depth + (NESTING.has(node.type) ? 1 : 0);
    forEachChild(node, (child) => {
      if (node.type === 'CommandExpansion' && child.type === 'Script' && child.source !== undefined)
        this.#outer ??= node.pos;
      this.visit(child, inside);
    });
    this.#outer = outer;
  }

  #command(node: Command): Refusal | undefined {
    const { name } = node;
    if (name === undefined || !isLiteral(name) || this.#functions.has(name.value)) return undefined;
    if (NOT_REPEATABLE_COMMANDS.has(name.value)) return notRepeatable(name.value);
    if (UNSUPPORTED_COMMANDS.has(name.value)) return unsupported(name.value);
    const command = findCommand(name.value);
    if (command === undefined) return unknownCommand(name.value);
    const words = node.args.map((word) => (word.type === 'Word' && isLiteral(word) ? word.value : undefined));
    const feature = command.unsupported?.(words);
    return feature === undefined ? undefined : unsupported(feature);
  }
}

type Word = NonNullable<Command['name']>;

/** Whether a word expands to exactly its value. */
function isLiteral(word: Word): boolean {
  if (word.parts === undefined) return !word.text.startsWith('~');
  return word.parts.every(
    (part) =>
      part.type === 'Literal' ||
      part.type === 'SingleQuoted' ||
      part.type === 'AnsiCQuoted' ||
      (part.type === 'DoubleQuoted' && part.parts.every((inner) => inner.type === 'Literal')),
  );
}

function refusedVariable(name: string): Refusal | undefined {
  if (NOT_REPEATABLE_VARIABLES.has(name)) return notRepeatable(`$${name}`);
  return UNSUPPORTED_VARIABLES.has(name) ? unsupported(`$${name}`) : undefined;
}

function refusalOf(node: SyntaxNode): Refusal | undefined {
  switch (node.type) {
    case 'Select':
    case 'Coproc':
      return unsupported(node.type.toLowerCase());
    case 'Time':
      return notRepeatable('time');
    case 'ProcessSubstitution':
      return unsupported('process substitution');
    case 'ExtendedGlob':
      return { code: 'syntax', message: `syntax error: extended pattern ${node.text} (extglob is off)` };
    case 'ArrayValue':
      return unsupported('an array');
    case 'Assignment':
      return node.index === undefined ? refusedVariable(node.name) : unsupported('an array');
    case 'SimpleExpansion':
      return refusedVariable(node.text.slice(1));
    case 'ParameterExpansion':
      return refusedExpansion(node);
    case 'ArithmeticWord':
      return refusedVariable(node.value);
    case 'TestUnary':
      return isFileTest(node.operator) || ['-n', '-z', '-v', '-t'].includes(node.operator)
        ? undefined
        : unsupported(`[[ ${node.operator} ]]`);
    case 'TestBinary':
      return ['=~', '-nt', '-ot'].includes(node.operator) ? unsupported(`[[ ${node.operator} ]]`) : undefined;
    case 'Redirect':
      return /^\d+-$/.test(node.target?.value ?? '') && node.operator.endsWith('&')
        ? unsupported('moving a descriptor')
        : undefined;
    default:
      return undefined;
  }
}

function refusedExpansion(node: Extract<SyntaxNode, { type: 'ParameterExpansion' }>): Refusal | undefined {
  const refused = refusedVariable(node.parameter);
  if (refused !== undefined) return refused;
  if (node.prefix === '!') return unsupported('indirect expansion');
  if (node.index !== undefined) return unsupported('an array');
  const { operation } = node;
  if (operation === undefined) return undefined;
  if (operation.type === 'Unknown') return { code: 'syntax', message: `syntax error: bad substitution ${node.text}` };
  if (operation.type === 'Transform' || operation.type === 'Names') return unsupported(node.text);
  const isList = node.parameter === '@' || node.parameter === '*';
  return isList && operation.type !== 'Default' ? unsupported(node.text) : undefined;
}
