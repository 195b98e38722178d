import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote } from '../base/quote.ts';
import { LOCK } from '../kernel/sched/held.ts';
import { atOnce } from '../kernel/sched/plan.ts';
import type { Step } from '../kernel/sched/step.ts';
import { MAX_OUTPUT } from './limits.ts';
import { parseScript, type TopLevelCommand } from './parse.ts';
import type { SimpleResult } from './run/context.ts';
import { Shell } from './shell.ts';
import { FakeKernel } from './testing/fake-kernel.ts';
import { runScript } from './testing/run-script.ts';

const TREE = `
  events/
    enable  0\\n
  instances/
  a  one\\n
  b  two\\n
`;

const commandOf = (text: string): TopLevelCommand => {
  const parsed = parseScript(text);
  if (!parsed.ok || parsed.value.commands[0] === undefined) throw new Error(`not one command: ${text}`);
  return parsed.value.commands[0];
};

/** A lock of the test's own, and who waits for it. */
const LOCKED = 1;
const WAIT: Step = { kind: 'wait', lock: LOCK.MUTEX, object: LOCKED };

describe('results', () => {
  it('names the last failed call of the command, even if the command got over it', () => {
    const { results } = runScript(new FakeKernel(TREE), 'cat nosuch; mkdir -p events; echo x; rmdir a || true');
    expect(results.map(({ status, errno }) => [status, errno])).toEqual([
      [1, 'ENOENT'],
      [0, 'EEXIST'],
      [0, ''],
      [0, 'ENOTDIR'],
    ]);
  });

  it('does not take the closing of a closed descriptor, or questions about extended attributes, for failures', () => {
    const kernel = new FakeKernel(TREE);
    kernel.refuse.set('stat events', 'EACCES');
    const { results } = runScript(kernel, 'exec 9<&-; ls -l events > /dev/null');
    expect(results.map(({ status, errno }) => [status, errno])).toEqual([
      [0, ''],
      [0, ''],
    ]);
  });

  it('passes the kernel’s errors on in the words of the tools', () => {
    const kernel = new FakeKernel(TREE);
    kernel.refuse.set('rmdir instances', 'EBUSY');
    kernel.refuse.set('write events/enable "2\\n"', 'EINVAL');
    const { stderr } = runScript(kernel, 'rmdir instances; echo 2 > events/enable; seq 2 2 > events/enable');
    expect(stderr.split('\n')).toEqual([
      "rmdir: failed to remove 'instances': Device or resource busy",
      'bash: echo: write error: Invalid argument',
      'seq: write error: Invalid argument',
      '',
    ]);
  });

  it('cuts output at its limit and says so', () => {
    const { results } = runScript(new FakeKernel(TREE), 'seq 200000; echo short');
    expect(results.map(({ stdout, truncated }) => [stdout.length, truncated])).toEqual([
      [MAX_OUTPUT, true],
      [6, false],
    ]);
  });

  it('reports what is not modelled when it is met, with its place and what was done before', () => {
    const { results, status } = runScript(new FakeKernel(TREE), 'x=-S\nmkdir instances/x &&\n  ls $x; pwd');
    expect(results[1]).toMatchObject({
      status: 2,
      problem: { code: 'unsupported', feature: 'ls -S', line: 3, column: 3 },
    });
    expect(status).toBe(0);
  });

  it('stops at functions without end, and goes on afterwards', () => {
    const { results } = runScript(
      new FakeKernel(TREE),
      'f() { f; }; f; echo still $((1+1)); f() { (f); }; f; echo here',
    );
    expect(results.map(({ stdout, problem }) => problem?.code ?? stdout)).toEqual([
      '',
      'limit',
      'still 2\n',
      '',
      'limit',
      'here\n',
    ]);
  });

  it('bounds what braces and substitutions make', () => {
    const { results } = runScript(
      new FakeKernel(TREE),
      'echo {1..1000}{1..1000}; x=$(while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{1..100}; done)',
    );
    expect(results.map(({ problem }) => problem?.code === 'limit' && problem.limit)).toEqual(['words', 'text']);
  });

  it('tells every simple command, in functions, loops and pipes too', () => {
    const seen: SimpleResult[] = [];
    const script = 'f() { cat nosuch; }\nfor i in 1 2; do echo $i | cat\n f; done; x=$(echo sub)';
    runScript(new FakeKernel(TREE), script, { hooks: { each: (result) => seen.push(result) } });
    expect(seen.map(({ line, text, status, errno, stdout }) => [line, text, status, errno, stdout])).toEqual([
      ...[1, 2].flatMap((i) => [
        [2, 'echo $i', 0, '', ''],
        [2, 'cat', 0, '', `${i}\n`],
        [3, 'cat nosuch', 1, 'ENOENT', ''],
      ]),
      [3, 'echo sub', 0, '', ''],
      [3, 'x=$(echo sub)', 0, '', ''],
    ]);
  });
});

describe('descriptors', () => {
  it('come back as they were after a redirected command', () => {
    const kernel = new FakeKernel(TREE);
    const { shell } = runScript(
      kernel,
      'exec 3< a 5< b; { cat <&3; } 3< b 5<&- >/dev/null; { nosuch=$(cat <&7); } 7< nosuch',
    );
    expect([...shell.task.fds.keys()]).toEqual([3, 5]);
    expect(runScript(kernel, 'cat <&3 <&5; cat <&3', { shell }).stdout).toBe('two\none\n');
  });

  it('of a subshell are its own, with positions in common', () => {
    const { stdout, shell } = runScript(
      new FakeKernel(TREE),
      'exec 3< a; (read x <&3; exec 3<&- 4< b); cat <&3; echo end',
    );
    expect(stdout).toBe('end\n');
    expect([...shell.task.fds.keys()]).toEqual([3]);
  });

  it('of an aborted command are given back', () => {
    const { shell, results } = runScript(new FakeKernel(TREE), 'set -u; { echo $x; } 3< a 4< b; echo never');
    expect(results.map(({ exited }) => exited)).toEqual([false, true]);
    runScript(new FakeKernel(TREE), 'x=-S; { (ls $x) > b; } < a', { shell });
    expect([...shell.task.fds.keys()]).toEqual([]);
  });
});

describe('tasks', () => {
  it('are current in each step of their calls, whatever ran in between', () => {
    const kernel = new FakeKernel(TREE);
    const seen: string[] = [];
    const { lstat } = kernel.sys;
    Object.assign(kernel.sys, {
      *lstat(...args: Parameters<typeof lstat>) {
        seen.push(kernel.current.name);
        yield 'vfs_statx';
        seen.push(kernel.current.name);
        return yield* lstat(...args);
      },
    });
    const shell = new Shell(kernel, { userland: 'bare' });
    const shells = [shell, new Shell(kernel, { userland: 'bare', task: kernel.spawn('other') })];
    const programs = shells.map((each) =>
      kernel.scheduler.start(each.task, each.run(commandOf('{ stat a; (stat b); } > /dev/null'))),
    );
    while (!kernel.scheduler.isResting)
      for (const program of programs) if (program.end === undefined) kernel.scheduler.step(program);
    const sub = '(stat b)';
    expect(seen).toEqual(['shell', 'other', 'shell', 'other', sub, sub, sub, sub]);
  });
});

describe('jobs', () => {
  it('run when they are started, and are over at the end of the command', () => {
    const { stdout, results } = runScript(
      new FakeKernel(TREE),
      '{ echo job; (exit 3); } & echo main; wait $!; echo $?; wait %1',
    );
    expect(stdout).toBe('job\nmain\n3\n');
    expect(results.at(-1)?.stderr).toBe('bash: wait: %1: no such job\n');
  });

  it('give their error to the command during which they end', () => {
    const { results } = runScript(new FakeKernel(TREE), 'rmdir nosuch & wait');
    expect(results.map(({ status, errno }) => [status, errno])).toEqual([
      [0, 'ENOENT'],
      [0, ''],
    ]);
  });

  it('that wait let the foreground go on, and go on where it waits', () => {
    const kernel = new FakeKernel(TREE);
    const order: string[] = [];
    kernel.locked.add(LOCKED);
    const { rmdir, mkdir } = kernel.sys;
    Object.assign(kernel.sys, {
      *rmdir(...args: Parameters<typeof rmdir>) {
        yield WAIT;
        order.push('rmdir');
        return yield* rmdir(...args);
      },
      *mkdir(...args: Parameters<typeof mkdir>) {
        order.push('mkdir');
        kernel.locked.delete(LOCKED);
        return yield* mkdir(...args);
      },
    });
    const { results } = runScript(kernel, '{ { rmdir instances; echo gone; } & mkdir events/x; echo made; }');
    expect(order).toEqual(['mkdir', 'rmdir']);
    expect(results.map(({ status, stdout }) => [status, stdout])).toEqual([[0, 'made\ngone\n']]);
  });

  it('that nobody sets free are given up as killed, and the shell goes on', () => {
    const kernel = new FakeKernel(TREE);
    kernel.locked.add(LOCKED);
    Object.assign(kernel.sys, {
      *rmdir() {
        yield WAIT;
        return { ok: true, value: 0 };
      },
    });
    const { shell, stdout } = runScript(kernel, '{ rmdir instances & echo meanwhile; wait $!; echo $?; }');
    expect(stdout).toBe('meanwhile\n137\n');
    expect([shell.isResting, kernel.scheduler.isResting]).toEqual([true, true]);
    expect(kernel.log).toEqual(['fork']);
  });

  it('end the command that started them with what they are refused', () => {
    const { results } = runScript(new FakeKernel(TREE), 'f() { f; }; { f & echo main; }');
    expect(results.at(-1)).toMatchObject({ stdout: 'main\n', problem: { code: 'limit', limit: 'callDepth', line: 1 } });
  });

  it('may outlive their command, and run when the caller wants', () => {
    const kernel = new FakeKernel(TREE);
    const { scheduler } = kernel;
    const shell = new Shell(kernel, { userland: 'bare' });
    const plan = { ...atOnce(), inTurns: true };
    const run = (text: string) => {
      const steps = scheduler.run(scheduler.start(shell.task, shell.run(commandOf(text), { keepsJobs: true })), plan);
      for (let next = steps.next(); ; next = steps.next()) if (next.done === true) return next.value;
    };
    for (const text of ['rmdir instances &', 'stat a > /dev/null &']) run(text);
    expect(kernel.log).toEqual(['fork', 'fork']);
    expect(() => shell.snapshot()).toThrow('jobs');
    plan.turns.push({ task: 'stat a > /dev/null', until: undefined });
    expect(run('wait').kind).toBe('done');
    expect(kernel.log).toEqual(['fork', 'fork', 'lstat a', 'exit', 'rmdir instances', 'exit']);
    expect(shell.isResting).toBe(true);
  });
});

describe('snapshots', () => {
  it('hold all of the shell as plain data', () => {
    const kernel = new FakeKernel(TREE);
    const first = runScript(
      kernel,
      'x="a b"; export y=1; f() { echo "f $1 $x"; }; set -- p q; set -u; cd events; exec 4<<< "here doc"; read z <&4; exec 2>/dev/null; (exit 7) & false',
    ).shell;
    const snapshot = structuredClone(first.snapshot());
    const check = 'echo $? "$x" $y $z $1 $# $PWD; f arg; wait $!; echo $?; cat nosuch; pwd; unset x';
    const expected = runScript(kernel, check, { shell: first });
    const second = new Shell(kernel, { userland: 'coreutils' });
    second.restore(snapshot);
    const again = runScript(kernel, check, { shell: second });
    expect(again.stdout).toBe(
      '1 a b 1 here doc p 2 /sys/kernel/tracing/events\nf arg a b\n7\n/sys/kernel/tracing/events\n',
    );
    expect(again.stdout).toBe(expected.stdout);
    expect(again.stderr).toBe('');
    second.restore(snapshot);
    expect(runScript(kernel, check, { shell: second }).stdout).toBe(expected.stdout);
  });

  it('are untouched by what runs afterwards', () => {
    const { shell } = runScript(new FakeKernel(TREE), 'exec 4<<< "one two"');
    const snapshot = shell.snapshot();
    const before = structuredClone(snapshot);
    runScript(new FakeKernel(TREE), 'read x <&4; y=2; g() { :; }', { shell });
    expect(snapshot).toEqual(before);
  });
});

describe('generators', () => {
  it('yield in loops that do nothing else, so that they can be cancelled', () => {
    const shell = new Shell(new FakeKernel(TREE), { userland: 'coreutils' });
    for (const text of ['while :; do :; done', 'for ((;;)); do continue; done', 'until ((0)); do x=1; done']) {
      const run = shell.run(commandOf(text));
      for (let i = 0; i < 1000; i++) expect(run.next().done).toBe(false);
    }
  });

  it('yield between any two system calls', () => {
    const kernel = new FakeKernel(TREE);
    const shell = new Shell(kernel, { userland: 'coreutils' });
    const run = shell.run(commandOf('cat a b; ls -l; echo 1 > a; find .'));
    const program = kernel.scheduler.start(shell.task, run);
    for (let calls = 0; program.end === undefined; ) {
      kernel.scheduler.step(program);
      expect(kernel.log.length - calls).toBeLessThanOrEqual(1);
      calls = kernel.log.length;
    }
  });
});

describe('quote', () => {
  it('is read back as it was', () => {
    const kernel = new FakeKernel(TREE);
    const shell = new Shell(kernel, { userland: 'coreutils' });
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom(
          'a',
          ' ',
          "'",
          '"',
          '\\',
          '$',
          '`',
          '*',
          '{',
          ',',
          '}',
          '~',
          '#',
          '!',
          '\n',
          '\t',
          '=',
          '-',
          'é',
        ),
      }),
    );
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 4 }), (words) => {
        const parsed = parseScript(`set -- ${words.map(quote).join(' ')}`);
        expect(parsed.ok).toBe(true);
        if (parsed.ok)
          for (const command of parsed.value.commands) kernel.scheduler.complete(shell.task, shell.run(command));
        expect(shell.snapshot().variables.positional).toEqual(words);
      }),
    );
  });
});
