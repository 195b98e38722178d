/** From text to top-level commands, or the first reason why not. */
import { forEachChild, parse, type Statement, type SyntaxNode } from 'unbash';
import { err, ok, type Result } from '../base/result.ts';
import { checkScript } from './check.ts';
import { MAX_SCRIPT_LENGTH } from './limits.ts';
import { limitReached, type Refusal, type ShellProblem, unsupported } from './problem.ts';
import { type SourceText, sourceText } from './source.ts';

/** One entry of the log: what stands between two `;` or newlines at the top of a script. */
export interface TopLevelCommand {
  readonly line: number;
  readonly column: number;
  /** As it is written, with its here-documents; runs the same when it is parsed alone. */
  readonly text: string;
  readonly statement: Statement;
  readonly source: SourceText;
}

/** A comment between commands or at the end of a line: titles, captions and schedules are written in these. */
export interface ScriptComment {
  readonly line: number;
  readonly column: number;
  /** From the `#` to the end of the line. */
  readonly text: string;
}

export interface ParsedShellScript {
  readonly commands: readonly TopLevelCommand[];
  readonly comments: readonly ScriptComment[];
}

export interface ParseOptions {
  /** Functions that the shell has already: their names are commands. */
  readonly functions?: ReadonlySet<string>;
}

export function parseScript(text: string, options: ParseOptions = {}): Result<ParsedShellScript, ShellProblem> {
  const source = sourceText(text);
  const problem = (offset: number, refusal: Refusal): Result<never, ShellProblem> =>
    err({ ...refusal, ...source.locate(Math.min(offset, text.length)) });
  if (text.length > MAX_SCRIPT_LENGTH) return problem(0, limitReached('scriptLength', MAX_SCRIPT_LENGTH));
  const script = parse(text);
  const found = checkScript(script, options.functions ?? new Set());
  if (found !== undefined) return problem(found.offset, found.refusal);
  const commands: TopLevelCommand[] = [];
  const comments = commentsIn(source, script.shebang?.length ?? 0, script.commands[0]?.pos ?? text.length);
  for (const [i, statement] of script.commands.entries()) {
    const next = script.commands[i + 1]?.pos ?? text.length;
    const end = endOf(statement);
    if (end > next) return problem(next, unsupported('a command after a here-document on its line'));
    commands.push({ ...source.locate(statement.pos), text: text.slice(statement.pos, end), statement, source });
    comments.push(...commentsIn(source, end, next));
  }
  return ok({ commands, comments });
}

/** Where a statement ends, its `&` and the here-documents below its line included. */
function endOf(statement: Statement): number {
  let end = statement.end;
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'HereDoc') end = Math.max(end, node.closing?.end ?? node.body.end);
    forEachChild(node, visit);
  };
  visit(statement);
  return end;
}

/** Comments in a stretch of text that holds nothing else but separators. */
function commentsIn({ text, locate }: SourceText, from: number, to: number): ScriptComment[] {
  const comments: ScriptComment[] = [];
  for (const match of text.slice(from, to).matchAll(/(?<=^|[\s;&])#[^\n]*/g)) {
    comments.push({ ...locate(from + match.index), text: match[0] });
  }
  return comments;
}
