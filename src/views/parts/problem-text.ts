/** Why a line was not run, as a shell would say it: "sh: syntax error, line 1 column 7: expected …". */
import type { Problem } from '../../state/protocol.ts';

const SYNTAX = 'syntax error';

export function problemText({ code, message, line, column }: Problem): string {
  const where = line === undefined ? '' : `line ${line}${column === undefined ? '' : ` column ${column}`}`;
  if (code === 'syntax') {
    const what = message.startsWith(`${SYNTAX}: `) ? message.slice(SYNTAX.length + 2) : message;
    return where === '' ? `sh: ${SYNTAX}: ${what}` : `sh: ${SYNTAX}, ${where}: ${what}`;
  }
  return where === '' ? `sh: ${message}` : `sh: ${where}: ${message}`;
}
