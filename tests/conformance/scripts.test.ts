/**
 * The families that a plain script can say, as scripts: what the shell makes of each line in the userland "bare" must be
 * what was recorded. Family D cannot be one (`ls -lR` looks up its argument, rule 17), nor E and F (hundred descriptors,
 * reads from held ones).
 */
import { readFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import type { KernelApi } from '../../src/kernel/api.ts';
import { parseScript, type TopLevelCommand } from '../../src/shell/parse.ts';
import { Shell } from '../../src/shell/shell.ts';
import { ConformanceError } from './error.ts';
import { type Done, type Driver, runFamily } from './family.ts';
import { loadMachine } from './machines.ts';
import { DONE, type Outcome } from './program.ts';
import { type RecordedRun, type RecordedStep, recordedRun } from './recorded.ts';
import { complaints } from './report.ts';
import { translate } from './steps.ts';

const TIMEOUT = 120_000;
const IDLE: Done = { outcome: DONE, value: 'none' };

/** H is left to 6.12: on 6.1 its hundred instances take as long as all else, and show what A shows. */
describe.each([
  ['6.1', 'linux-6.1.0-56-amd64', ['A', 'B', 'C', 'K']],
  ['6.12', 'linux-6.12.117-amd64', ['A', 'B', 'C', 'H', 'K']],
] as const)('%s', (title, kernel, families) => {
  it.each(families)(
    `${title} %s as a script`,
    (family) => {
      const text = complaints(runFamily(loadMachine(kernel), recordedRun(kernel, family), scriptDriver));
      if (text !== '') throw new ConformanceError(text);
    },
    TIMEOUT,
  );
});

/** Commands of a script by the record they are: "mkdir instances/x  # @57". Several can stand on a line. */
function commandsByRecord(file: string): Map<number, TopLevelCommand[]> {
  const script = readFileSync(new URL(`scripts/${file}`, import.meta.url), 'utf8');
  const parsed = parseScript(script);
  if (!parsed.ok) throw new Error(`${file}: ${JSON.stringify(parsed.error)}`);
  const recordOf = new Map(parsed.value.comments.map(({ line, text }) => [line, Number(/^# @(\d+)$/.exec(text)?.[1])]));
  const commands = new Map<number, TopLevelCommand[]>();
  for (const command of parsed.value.commands) {
    const record = recordOf.get(command.line);
    if (record === undefined || Number.isNaN(record))
      throw new Error(`${file}:${command.line} does not say which record it is`);
    commands.set(record, [...(commands.get(record) ?? []), command]);
  }
  return commands;
}

function scriptDriver({ kernel: id, family, steps }: RecordedRun, kernel: KernelApi): Driver {
  const commands = commandsByRecord(`${family}.sh`);
  const last = Math.max(...commands.keys());
  const shell = new Shell(kernel, { userland: 'bare' });
  let transcript: string[] = [];
  return {
    step(recorded, n) {
      if (recorded.i > last) return undefined;
      let output = '';
      let outcome: Outcome = DONE;
      transcript = [];
      for (const command of commands.get(recorded.i) ?? []) {
        const { status, errno, stdout, stderr } = kernel.scheduler.complete(shell.task, shell.run(command));
        transcript.push(command.text, ...stderr.split('\n').filter((line) => line !== ''));
        output += stdout;
        outcome = status === 0 || errno === '' ? DONE : { ok: false, errno };
      }
      const value = translate({ kernel: id, family, ...recorded, next: steps[n + 1] })?.value;
      return commands.has(recorded.i) && outcome.ok ? withValue(recorded, output, value) : { ...IDLE, outcome };
    },
    takeTranscript: () => transcript,
  };
}

/** Bytes of `cat` and lines of `getdents` are the recorded values; `ls` and `stat` print something else. */
function withValue({ step }: RecordedStep, output: string, value: Done['value'] | undefined): Done {
  if (value === 'bytes') return { outcome: { ok: true, value: output.length }, value };
  if (value !== 'entries' || (step !== 'getdents' && step !== 'opendir')) return IDLE;
  return { outcome: { ok: true, value: output.split('\n').length - 1 }, value };
}
