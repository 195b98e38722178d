/** Entries of the log on one kernel of the small tree: cut short at any step, watched, dying and hanging. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseMachine } from '../importers/machine-file.ts';
import { type Observer, Stopped } from '../kernel/sched/observer.ts';
import { parseScenario } from '../session/scenario.ts';
import { parseScript } from '../shell/parse.ts';
import { runAct } from './act.ts';
import type { ActResult } from './act-result.ts';
import { Channel } from './channel.ts';
import type { TraceStep } from './protocol.ts';
import { Recorder } from './trace.ts';

const machine = parseMachine(readFileSync('public/kernels/small/machine.json', 'utf8'));

function channelOf(design: string, vfs?: string): Channel {
  if (!machine.ok) throw new Error(machine.error.code);
  const config = { kernel: 'small', design, ...(vfs !== undefined && { vfs }) };
  const rest = { catalogue: undefined, cpus: undefined, userland: 'coreutils' } as const;
  return new Channel({ index: 0, config, machine: machine.value, ...rest });
}

function start(channel: Channel, text: string, observer?: Observer) {
  const parsed = parseScript(text, { functions: channel.shell.functions });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return runAct(channel, text, parsed.value.commands, observer);
}

function run(channel: Channel, text: string, observer?: Observer): ActResult {
  const steps = start(channel, text, observer);
  for (let next = steps.next(); ; next = steps.next()) if (next.done === true) return next.value;
}

/** The steps of a command, which is taken back. */
function traceOf(channel: Channel, text: string): readonly TraceStep[] {
  const before = channel.snapshot();
  const recorder = new Recorder(channel);
  run(channel, text, recorder);
  recorder.finish([]);
  channel.restore(before);
  return recorder.steps;
}

/** What a person can tell of a kernel at rest. */
const stateOf = ({ kernel, task, shell, cwd }: Channel) => ({
  counters: kernel.counters(),
  slabs: kernel.slabs(),
  broken: kernel.checkInvariants(),
  log: [...kernel.kmsg],
  oopses: kernel.oopses.map(({ text }) => text),
  fds: [...task.fds],
  rests: [shell.isResting, kernel.scheduler.isResting, kernel.k.stepping],
  stacks: [...kernel.k.tasks.values()].map(({ name, stack, held }) => [name, stack.length, held.length]),
  cwd,
});

const RACE = `# @task A
ls -l events/sched > /dev/null &
# @task B
ls events/irq > /dev/null &
# @schedule A@d_instantiate B@dput B×5 A
wait`;

describe('an entry that is cut short', () => {
  it.each([
    ['a race', RACE],
    ['a listing in a subshell', '(cd events; ls -l sched | cat; stat .) > /dev/null; mkdir instances/i1'],
    ['a job', 'mkdir instances/i1 & ls -l instances/i1; wait'],
  ])('at any step of %s leaves nothing under way, and going back is going back', (_what, text) => {
    const channel = channelOf('v6.6');
    const before = channel.snapshot();
    const whole = stateOf(channel);
    run(channel, text);
    const after = stateOf(channel);
    for (let ticks = 1, isOver = false; !isOver; ticks += 23) {
      channel.restore(before);
      const steps = start(channel, text);
      for (let i = 0; i < ticks && !isOver; i++) isOver = steps.next().done === true;
      steps.return(undefined as never);
      expect(stateOf(channel).rests).toEqual([true, true, false]);
      for (const { stack } of channel.kernel.k.tasks.values()) expect(stack).toEqual([]);
      channel.restore(before);
      expect(stateOf(channel)).toEqual(whole);
    }
    expect(run(channel, text).status).toBe(0);
    expect(stateOf(channel)).toEqual(after);
  });

  it('leaves no frame in the steps of another one', () => {
    const scenario = parseScenario(readFileSync('src/scenarios/bugs/B01-accounting.sh', 'utf8'));
    if (!scenario.ok) throw new Error(scenario.error.message);
    const channel = channelOf('v6.6-rc2');
    const texts = scenario.value.acts.map((act) => act.text);
    const before = texts.map((text) => {
      const snapshot = channel.snapshot();
      run(channel, text);
      return { text, snapshot };
    });
    const stacks = (command: number) => {
      const { text, snapshot } = before[command] as (typeof before)[number];
      channel.restore(snapshot);
      return traceOf(channel, text).map(({ stack }) => stack.join());
    };
    const clean = before.map((_, command) => stacks(command));
    for (const [command, { text, snapshot }] of before.entries()) {
      channel.restore(snapshot);
      let left = clean[command]?.length ?? 0;
      const stopsAtTheLast: Observer = { before: () => undefined, after: () => --left === 0 };
      if (left > 0) expect(() => run(channel, text, stopsAtTheLast)).toThrow(Stopped);
      const other = Math.max(0, command - 1);
      expect(stacks(other)).toEqual(clean[other]);
    }
  });
});

describe('a shell', () => {
  it('that dies of a kernel bug is followed by another, and its jobs come to their ends', () => {
    const channel = channelOf('v6.6');
    const dead = channel.task;
    const text = '# @task A\nmkdir instances/i1 &\nchmod 700 /sys/kernel/tracing/events';
    const { status, stderr } = run(channel, text);
    expect([status, stderr.split(':')[0], dead.dead, dead.stack]).toEqual([137, 'Killed', true, []]);
    expect(stateOf(channel).rests).toEqual([true, true, false]);
    expect(run(channel, 'ls instances; pwd').stdout).toBe('i1\n/sys/kernel/tracing\n');
  });

  it('waits for its jobs at the end of a command', () => {
    const channel = channelOf('v6.12');
    const { stdout } = run(channel, 'ls -d instances & echo main');
    expect(stdout).toBe('instances\nmain\n');
    expect(channel.kernel.k.tasks.size).toBe(1);
  });
});

describe('a trace', () => {
  it('names the jobs of a command by what they run', () => {
    const channel = channelOf('v6.12');
    const steps = traceOf(channel, '{ ls -d instances > /dev/null & mkdir instances/i1; wait; }');
    expect(new Set(steps.map(({ task }) => task))).toEqual(new Set(['shell', 'ls -d instances > /dev/null']));
  });
});
