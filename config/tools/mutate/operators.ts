/**
 * The small mistakes that a test should notice: for the text of a source file, every place where one can be made. Types,
 * imports, texts and assertions are left alone; an assertion is a check itself.
 */
import { parseSync } from 'vite';

export interface Mutant {
  /** Part of the text that is replaced. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  /** From 1. */
  readonly line: number;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const SWAPPED: Readonly<Record<string, string>> = {
  ...{ '<': '<=', '<=': '<', '>': '>=', '>=': '>', '===': '!==', '!==': '===' },
  ...{ '+': '-', '-': '+', '*': '/', '/': '*', '%': '*', '&': '|', '|': '&', '<<': '>>', '>>': '<<' },
  ...{ '&&': '||', '||': '&&', '++': '--', '--': '++' },
  ...{ '+=': '-=', '-=': '+=', '|=': '&=', '&=': '|=' },
};

/** Wrappers whose inside runs; everything else that begins with TS is a type. */
const RUNS: ReadonlySet<string> = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression']);
const ASSERTIONS: ReadonlySet<string> = new Set(['assert', 'ensure', 'assertUnreachable']);

const isText = (node: unknown): boolean =>
  isNode(node) && (node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string'));

const calledName = (node: unknown): unknown =>
  isNode(node) && node.type === 'CallExpression' && isNode(node.callee) ? node.callee.name : undefined;

/** What is left when a statement is dropped: a call, `yield* call()`, or a change of something that others see. */
function isDroppable(expression: unknown): boolean {
  if (!isNode(expression)) return false;
  if (expression.type === 'YieldExpression') return expression.delegate === true;
  if (expression.type === 'ChainExpression') return isDroppable(expression.expression);
  if (expression.type === 'AssignmentExpression')
    return isNode(expression.left) && expression.left.type === 'MemberExpression';
  return expression.type === 'CallExpression';
}

/** Every mutant of a file, in the order of the text. */
export function mutantsOf(path: string, text: string): readonly Mutant[] {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const found: Mutant[] = [];
  const replace = (start: number, end: number, replacement: string): void => {
    found.push({ start, end, replacement, line: text.slice(0, start).split('\n').length });
  };

  /** The operator between two operands. */
  const swap = (node: Node, left: Node, right: Node): void => {
    const operator = String(node.operator);
    const swapped = SWAPPED[operator];
    const at = text.indexOf(operator, left.end);
    if (swapped !== undefined && at >= 0 && at < right.start) replace(at, at + operator.length, swapped);
  };

  const mutate = (node: Node): void => {
    const { left, right, argument, test, expression, elements } = node;
    switch (node.type) {
      case 'BinaryExpression':
      case 'LogicalExpression':
        if (isNode(left) && isNode(right) && !isText(left) && !isText(right)) swap(node, left, right);
        break;
      case 'AssignmentExpression':
        if (isNode(left) && isNode(right) && !isText(right)) swap(node, left, right);
        break;
      case 'UpdateExpression': {
        const at = node.prefix === true ? node.start : node.end - 2;
        replace(at, at + 2, SWAPPED[String(node.operator)] ?? '');
        break;
      }
      case 'UnaryExpression':
        if (node.operator === '!' && isNode(argument)) replace(node.start, argument.start, '');
        break;
      case 'Literal':
        if (typeof node.value === 'boolean') replace(node.start, node.end, String(!node.value));
        break;
      case 'IfStatement':
      case 'ConditionalExpression':
        // Other conditions have an operator of their own to be swapped.
        if (isNode(test) && /^(Identifier|MemberExpression|CallExpression)$/.test(test.type))
          replace(test.start, test.end, `!(${text.slice(test.start, test.end)})`);
        break;
      case 'ExpressionStatement':
        if (isDroppable(expression)) replace(node.start, node.end, ';');
        break;
      case 'ArrayExpression':
        for (const row of Array.isArray(elements) && elements.length > 1 ? elements : [])
          if (isNode(row) && /^(Object|Array)Expression$/.test(row.type)) {
            const comma = /^\s*,/.exec(text.slice(row.end))?.[0].length ?? 0;
            replace(row.start, row.end + comma, '');
          }
        break;
    }
  };

  const visit = (node: Node): void => {
    if (node.type.startsWith('TS') && !RUNS.has(node.type)) return;
    if (node.type.startsWith('Import') || ASSERTIONS.has(String(calledName(node)))) return;
    if (node.type === 'ExpressionStatement' && ASSERTIONS.has(String(calledName(node.expression)))) return;
    mutate(node);
    for (const [key, value] of Object.entries(node)) {
      if (key === 'typeAnnotation' && !RUNS.has(node.type)) continue;
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child);
    }
  };
  visit(program as unknown as Node);
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

export const mutated = (text: string, { start, end, replacement }: Mutant): string =>
  text.slice(0, start) + replacement + text.slice(end);

/** "inode.ts:12  count > 1  →  count >= 1": the line before and after, for the person. */
export function describeMutant(path: string, text: string, mutant: Mutant): string {
  const lineAt = (t: string) => t.split('\n')[mutant.line - 1]?.trim() ?? '';
  return `${path}:${mutant.line}  ${lineAt(text)}  →  ${lineAt(mutated(text, mutant)) || '(nothing)'}`;
}
