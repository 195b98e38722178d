/** The output of a command, told once for the kernels that printed the same. */
import type { LogEntry } from '../../state/protocol.ts';

export interface Printed {
  readonly channels: readonly number[];
  readonly stdout: string;
  readonly stderr: string;
}

/** Empty when no kernel printed anything. */
export function printedBy(entry: LogEntry): readonly Printed[] {
  if (entry.results.every(({ stdout, stderr }) => stdout === '' && stderr === '')) return [];
  const groups: { channels: number[]; stdout: string; stderr: string }[] = [];
  entry.results.forEach(({ stdout, stderr }, channel) => {
    const same = groups.find((group) => group.stdout === stdout && group.stderr === stderr);
    if (same === undefined) groups.push({ channels: [channel], stdout, stderr });
    else same.channels.push(channel);
  });
  return groups;
}

/** `ls -lR` prints 10,000 lines, which nobody reads here; wc and grep are there for that. */
const MAX_LINES = 500;

export function firstLines(text: string): { readonly shown: string; readonly more: number } {
  const lines = text.replace(/\n$/, '').split('\n');
  return { shown: lines.slice(0, MAX_LINES).join('\n'), more: Math.max(0, lines.length - MAX_LINES) };
}
