/** Sequences that once led to another state than their log (the review of 9c675cb), as a person met them. */
import { expect, it } from 'vitest';
import { cancel, type Move, reset, run, trace, undo } from './moves.ts';
import { CAREFUL, FORGETFUL, Person, type Setting } from './person.ts';
import { describeFailure, firstFailure } from './property.ts';
import { on } from './settings.ts';

const RACE = `# @task A
stat -c %n events/irq/irq_handler_entry/id > /dev/null &
# @task B
stat -c %n events/irq/irq_handler_entry/id > /dev/null &
# @schedule A@mutex_lock B A
wait`;

/** The same line, cancelled a few steps later each time. */
const cancelled = (line: string): readonly Move[] => [2, 4, 6, 8, 12, 20, 40].map((steps) => cancel(steps, run(line)));

const MKDIR = run('mkdir instances/a');
const RMDIR = run('rmdir instances/a');

it.each<[string, Setting, readonly Move[]]>([
  ['a leak is reported again when its rmdir is taken back and done again', on('v6.6'), [MKDIR, RMDIR, undo, RMDIR]],
  ['a leak from before a reset is reported after it', on('v6.6'), [MKDIR, RMDIR, reset, MKDIR, RMDIR]],
  ['the steps of an rmdir show the leak that it reported', on('v6.6'), [MKDIR, RMDIR, trace(1)]],
  [
    'an open descriptor is there again when the command that killed the shell is taken back',
    on('v6.6'),
    [run('exec 3< events'), run('chmod 700 /sys/kernel/tracing/events'), undo, run('cd ..')],
  ],
  ['grace periods end after a race that was cancelled', on('v6.6'), [MKDIR, ...cancelled(RACE), RMDIR]],
  [
    'the steps of a command show its own call stack after a mkdir that was cancelled',
    on('v6.5'),
    [...cancelled('mkdir instances/big'), MKDIR, trace(0)],
  ],
])('%s', async (_, setting, moves) => {
  for (const pace of [FORGETFUL, CAREFUL]) {
    const failure = await firstFailure(setting, moves, pace);
    expect(failure && describeFailure(setting, failure)).toBeUndefined();
  }
});

// Not a matter of going back: every engine that ran this log showed it.
it.each(['v6.5', 'v6.6', 'v7.1'])(
  'no event of a new instance is filtered as one of a removed instance was, on %s',
  async (design) => {
    const person = await Person.boot(on(design), [], FORGETFUL);
    for (const line of [
      'mkdir instances/a',
      "echo 'irq == 1' > instances/a/events/irq/irq_handler_entry/filter",
      'rmdir instances/a',
      'mkdir instances/b',
      'cat instances/b/events/*/*/filter',
    ])
      await person.make(run(line));
    const printed = person.frame.log.at(-1)?.results[0]?.stdout;
    expect(new Set(printed?.split('\n').filter((line) => line !== ''))).toEqual(new Set(['none']));
  },
);
