/** `[[ … ]]`. Its words are not split and name no files; `==` takes a pattern, numbers are arithmetic. */
import type { TestBinaryExpression, TestExpression } from 'unbash';
import type { Step } from '../../kernel/sched/step.ts';
import { fileTest, isFileTest, sameFile } from '../commands/file-test.ts';
import { compareNumbers, compareText, NUMBER_COMPARISONS } from '../commands/text-test.ts';
import { lookup } from '../expand/lookup.ts';
import { compilePattern, matchesPattern } from '../expand/pattern.ts';
import { expandArithmetic, expandPatternRuns, expandText } from '../expand/word.ts';
import type { Context } from './context.ts';

/** 0 = true, 1 = false. */
export function* evaluateConditional(context: Context, expression: TestExpression): Generator<Step, number> {
  return (yield* holds(context, expression)) ? 0 : 1;
}

function* holds(context: Context, expression: TestExpression): Generator<Step, boolean> {
  switch (expression.type) {
    case 'TestGroup':
      return yield* holds(context, expression.expression);
    case 'TestNot':
      return (yield* holds(context, expression.operand)) !== (expression.negations.length % 2 === 1);
    case 'TestLogical': {
      const and = expression.operator === '&&';
      for (const operand of expression.operands) if ((yield* holds(context, operand)) !== and) return !and;
      return and;
    }
    case 'TestUnary':
      return yield* unary(context, expression.operator, yield* expandText(context, expression.operand));
    case 'TestBinary':
      return yield* binary(context, expression);
  }
}

function* unary(context: Context, operator: string, operand: string): Generator<Step, boolean> {
  if (operator === '-n') return operand !== '';
  if (operator === '-z') return operand === '';
  if (operator === '-v') return lookup(context, operand) !== undefined;
  if (operator === '-t') return false;
  return isFileTest(operator) && (yield* fileTest(context.calls, operator, operand));
}

function* binary(context: Context, { operator, left, right }: TestBinaryExpression): Generator<Step, boolean> {
  const value = yield* expandText(context, left);
  if (operator === '=' || operator === '==' || operator === '!=') {
    const matches = matchesPattern(compilePattern(yield* expandPatternRuns(context, right)), value);
    return matches === (operator !== '!=');
  }
  const other = yield* expandText(context, right);
  if (operator === '-ef') return yield* sameFile(context.calls, value, other);
  if (!(operator in NUMBER_COMPARISONS)) return compareText(operator, value, other);
  return compareNumbers(operator, yield* expandArithmetic(context, value), yield* expandArithmetic(context, other));
}
