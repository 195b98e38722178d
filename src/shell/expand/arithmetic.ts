/**
 * Shell arithmetic: 64-bit integers that wrap, C operators, variables whose values are themselves expressions. Evaluates
 * the tree that unbash made; expansions inside (`$x`, `$(…)`) have been done in the text before.
 */
import { type ArithmeticExpression, parse } from 'unbash';
import { ExpansionError } from './error.ts';

/** What evaluation needs of the shell. */
export interface ArithmeticScope {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

/** Variables that name each other would go round for ever; bash gives up at 1024. */
const MAX_RECURSION = 64;

const wrap = (value: bigint): bigint => BigInt.asIntN(64, value);
const bool = (value: boolean): bigint => (value ? 1n : 0n);

/** Loops evaluate the same few texts again and again; parsing costs more than evaluating. */
const parsed = new Map<string, ArithmeticExpression | undefined>();
const MAX_PARSED = 256;

/** The tree of an expression, undefined when it is none. */
function parseExpression(text: string): ArithmeticExpression | undefined {
  if (parsed.has(text)) return parsed.get(text);
  const script = parse(`((${text}))`);
  const command = script.commands[0]?.command;
  const broken = (script.errors?.length ?? 0) > 0 || script.commands.length !== 1;
  const tree = command?.type === 'ArithmeticCommand' && !broken ? command.expression : undefined;
  if (parsed.size >= MAX_PARSED) parsed.clear();
  parsed.set(text, tree);
  return tree;
}

export function evaluateText(text: string, scope: ArithmeticScope, depth = 0): bigint {
  if (text.trim() === '') return 0n;
  const tree = parseExpression(text);
  if (tree === undefined) throw new ExpansionError(`${text}: syntax error in expression`);
  return new Evaluation(scope, text, depth).value(tree);
}

class Evaluation {
  readonly #scope: ArithmeticScope;
  readonly #text: string;
  readonly #depth: number;

  constructor(scope: ArithmeticScope, text: string, depth: number) {
    this.#scope = scope;
    this.#text = text;
    this.#depth = depth;
  }

  value(node: ArithmeticExpression): bigint {
    switch (node.type) {
      case 'ArithmeticWord':
        return this.#word(node.value);
      case 'ArithmeticGroup':
        return this.value(node.expression);
      case 'ArithmeticTernary':
        return this.value(this.value(node.test) !== 0n ? node.consequent : node.alternate);
      case 'ArithmeticUnary':
        return this.#unary(node.operator, node.operand, node.prefix);
      case 'ArithmeticBinary':
        return this.#binary(node.operator, node.left, node.right);
      case 'ArithmeticCommandExpansion':
        return this.#fail('a substitution was left');
    }
  }

  #fail(why: string): never {
    throw new ExpansionError(`${this.#text}: ${why}`);
  }

  #word(word: string): bigint {
    if (/^[A-Za-z_]\w*$/.test(word)) return this.#variable(word);
    const based = /^(\d+)#([\dA-Za-z@_]+)$/.exec(word);
    if (based !== null) return this.#inBase(Number(based[1]), based[2] ?? '', word);
    if (/^0[xX][\da-fA-F]+$/.test(word)) return wrap(BigInt(word));
    if (/^0[0-7]*$/.test(word)) return wrap(BigInt(`0o0${word}`));
    if (/^[1-9]\d*$/.test(word)) return wrap(BigInt(word));
    if (/^0\d+$/.test(word)) return this.#fail(`value too great for base (error token is "${word}")`);
    // bash names what is left of the text; for an operand that is missing that is the operator before it.
    const token = word === '' ? (/[^\w\s()]\s*$/.exec(this.#text)?.[0].trim() ?? '') : word;
    return this.#fail(`syntax error: operand expected (error token is "${token}")`);
  }

  #variable(name: string): bigint {
    const value = this.#scope.get(name);
    if (value === undefined) return 0n;
    if (/^-?(0|[1-9]\d*)$/.test(value)) return wrap(BigInt(value));
    if (this.#depth >= MAX_RECURSION) {
      return this.#fail(`expression recursion level exceeded (error token is "${name}")`);
    }
    return evaluateText(value, this.#scope, this.#depth + 1);
  }

  #inBase(base: number, digits: string, word: string): bigint {
    if (base < 2 || base > 64) return this.#fail(`invalid arithmetic base (error token is "${word}")`);
    let value = 0n;
    for (const char of digits) {
      const digit = digitValue(char, base);
      if (digit >= base) return this.#fail(`value too great for base (error token is "${word}")`);
      value = wrap(value * BigInt(base) + BigInt(digit));
    }
    return value;
  }

  #target(node: ArithmeticExpression): string {
    if (node.type === 'ArithmeticWord' && /^[A-Za-z_]\w*$/.test(node.value)) return node.value;
    return this.#fail('attempted assignment to non-variable');
  }

  #assign(name: string, value: bigint): bigint {
    this.#scope.set(name, String(value));
    return value;
  }

  #unary(operator: string, operand: ArithmeticExpression, prefix: boolean): bigint {
    if (operator === '++' || operator === '--') {
      const name = this.#target(operand);
      const before = this.#variable(name);
      const after = this.#assign(name, wrap(before + (operator === '++' ? 1n : -1n)));
      return prefix ? after : before;
    }
    const value = this.value(operand);
    if (operator === '-') return wrap(-value);
    if (operator === '+') return value;
    if (operator === '!') return bool(value === 0n);
    if (operator === '~') return wrap(~value);
    return this.#fail(`syntax error: operator ${operator}`);
  }

  #binary(operator: string, left: ArithmeticExpression, right: ArithmeticExpression): bigint {
    if (operator === '&&') return bool(this.value(left) !== 0n && this.value(right) !== 0n);
    if (operator === '||') return bool(this.value(left) !== 0n || this.value(right) !== 0n);
    if (operator === '=') return this.#assign(this.#target(left), this.value(right));
    const compound = /^(\*|\/|%|\+|-|<<|>>|&|\^|\|)=$/.exec(operator);
    if (compound !== null) {
      const name = this.#target(left);
      return this.#assign(name, this.#combine(compound[1] ?? '', this.#variable(name), this.value(right), right));
    }
    const a = this.value(left);
    return this.#combine(operator, a, this.value(right), right);
  }

  #combine(operator: string, a: bigint, b: bigint, right: ArithmeticExpression): bigint {
    switch (operator) {
      case ',':
        return b;
      case '+':
        return wrap(a + b);
      case '-':
        return wrap(a - b);
      case '*':
        return wrap(a * b);
      case '/':
      case '%':
        if (b === 0n) this.#fail(`division by 0 (error token is "${tokenText(right)}")`);
        return wrap(operator === '/' ? a / b : a % b);
      case '**':
        if (b < 0n) this.#fail('exponent less than 0');
        return power(a, b);
      case '<<':
        return wrap(a << (b & 63n));
      case '>>':
        return wrap(a >> (b & 63n));
      case '&':
        return a & b;
      case '|':
        return a | b;
      case '^':
        return a ^ b;
      case '<':
        return bool(a < b);
      case '<=':
        return bool(a <= b);
      case '>':
        return bool(a > b);
      case '>=':
        return bool(a >= b);
      case '==':
        return bool(a === b);
      case '!=':
        return bool(a !== b);
      default:
        return this.#fail(`syntax error: operator ${operator}`);
    }
  }
}

const tokenText = (node: ArithmeticExpression): string => (node.type === 'ArithmeticWord' ? node.value : '0');

/** Modulo 2^64, by squaring. */
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n, square = wrap(square * square)) {
    if (rest & 1n) result = wrap(result * square);
  }
  return result;
}

function digitValue(char: string, base: number): number {
  if (/\d/.test(char)) return Number(char);
  if (char === '@') return 62;
  if (char === '_') return 63;
  const lower = /[a-z]/.test(char);
  const letter = char.toLowerCase().charCodeAt(0) - 97;
  return base <= 36 || lower ? 10 + letter : 36 + letter;
}
