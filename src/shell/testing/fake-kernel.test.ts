/**
 * The fake kernel stays because what bash was recorded on is a plain file system: files that keep what is written, directories
 * anywhere. Here it is held to the real one: the same script on the tree of the test machine and on a drawing of that tree
 * prints the same, fails with the same errors and makes the same calls, in both userlands. (Sizes differ: those of tracefs are 0.)
 */
import { describe, expect, it } from 'vitest';
import type { KernelApi } from '../../kernel/api.ts';
import { boot, type Kernel } from '../../kernel/kernel.ts';
import type { Sys, Syscalls } from '../../kernel/syscalls.ts';
import { testMachine } from '../../kernel/testing/test-machine.ts';
import { FakeKernel } from './fake-kernel.ts';
import { runScript } from './run-script.ts';

const USERLANDS = ['coreutils', 'bare'] as const;
/** Native tracefs lists the newest first; one entry a directory leaves no order to differ in. */
const DESIGN = 'v6.12';

const real = (): Kernel => {
  const kernel = boot(testMachine(['sched/sched_switch']), { design: DESIGN });
  runScript(kernel, 'cd /sys/kernel/tracing; mkdir instances/foo');
  return kernel;
};

/** The real tree as text, with what its readable files say. */
function drawing(): string {
  const kernel = real();
  const paths = runScript(kernel, 'cd /sys/kernel/tracing; find . -mindepth 1').stdout.trim().split('\n');
  const directories = new Set(runScript(kernel, 'cd /sys/kernel/tracing; find . -type d').stdout.trim().split('\n'));
  return paths
    .map((path) => {
      const parts = path.split('/').slice(1);
      const indent = '  '.repeat(parts.length - 1);
      if (directories.has(path)) return `${indent}${parts.at(-1)}/`;
      const text = runScript(kernel, `cd /sys/kernel/tracing; cat ${path}`).stdout;
      return `${indent}${parts.at(-1)}  ${text.replaceAll('\n', '\\n')}`;
    })
    .join('\n');
}

/** Which calls are made, with the names of paths that they are given. */
function watched(kernel: Kernel): { readonly kernel: KernelApi; readonly calls: string[] } {
  const calls: string[] = [];
  const sys = Object.fromEntries(
    Object.entries(kernel.sys).map(([name, call]) => [
      name,
      (task: unknown, ...args: readonly unknown[]): Sys<unknown> => {
        calls.push([name, ...args.filter((arg) => typeof arg === 'string')].join(' '));
        return (call as (...all: readonly unknown[]) => Sys<unknown>).call(kernel.sys, task, ...args);
      },
    ]),
  ) as unknown as Syscalls;
  return { kernel: Object.assign(Object.create(kernel), { sys }) as KernelApi, calls };
}

const TREE = drawing();

function both(script: string, userland: (typeof USERLANDS)[number]) {
  const seen = ({ stdout, stderr, results }: ReturnType<typeof runScript>) => ({
    ...{ stdout, stderr },
    ends: results.map(({ status, errno }) => [status, errno]),
  });
  const fake = new FakeKernel(TREE);
  const { kernel, calls } = watched(real());
  const onReal = seen(runScript(kernel, `cd /sys/kernel/tracing; ${script}`, { userland }));
  const onFake = seen(runScript(fake, `cd /sys/kernel/tracing; ${script}`, { userland }));
  return { onReal, onFake, calls, fake };
}

describe.each(USERLANDS)('in %s', (userland) => {
  it.each([
    'ls; ls events; ls -d events instances; ls nosuch; ls tracing_on',
    'ls -R events/sched/sched_switch',
    'cat tracing_on events/enable; cat nosuch; cat events; cat tracing_on/x; cat events/',
    'find events; find nosuch; find instances -maxdepth 1 -name "f*"',
    'stat -c %n tracing_on; stat -c %F events; stat nosuch; stat tracing_on/; stat ""',
    'mkdir instances/new; ls instances; mkdir instances/foo; mkdir nosuch/x; mkdir tracing_on/x; mkdir events',
    'mkdir -p instances/foo; mkdir instances/new && rmdir instances/new; ls instances',
    'rmdir instances/none; rmdir tracing_on; rmdir nosuch/x; rmdir tracing_on/x',
    'cd events; pwd; cd sched; pwd; cd ..; pwd -P; cd nosuch; cd enable; cd /nosuch; pwd',
    'test -e tracing_on; echo $?; [ -d events ]; echo $?; [[ -f events ]]; echo $?; test -e nosuch; echo $?',
    'echo events/*; echo [ei]*/; echo nosuch*; echo events/sched/*/id',
    'exec 3< tracing_on; cat <&3; cat <&3; exec 3<&-; cat <&3',
    'exec 3< events; (exec 3<&-); exec 4<&3 3<&-; cat <&4',
    'echo 1 > events; echo 1 > nosuch/x; echo 1 > new; echo 1 > events/',
    'read x < tracing_on; echo "$x"; head -n 1 events/enable; wc -l tracing_on; grep -c 0 events/enable',
    'chmod 600 tracing_on; stat -c %a tracing_on; chmod 600 nosuch; chown 5:6 tracing_on; stat -c %u:%g tracing_on',
    '(cd events; pwd); pwd; x=$(cat tracing_on); echo $x; cat tracing_on | cat',
  ])('%s', (script) => {
    const { onReal, onFake } = both(script, userland);
    expect(onFake).toEqual(onReal);
  });
});

it('a call that the real kernel gets is the one that the fake one writes down', () => {
  const noted = new Set(['open', 'openat', 'stat', 'lstat', 'mkdir', 'rmdir', 'chdir', 'chmod', 'chown']);
  const { calls, fake } = both(
    'mkdir -p instances/a; ls -l events; find events; cat tracing_on; rmdir instances/a',
    'coreutils',
  );
  const named = (call: string) => call.split(' ')[0] as string;
  const onReal = calls.filter((call) => noted.has(named(call)));
  const flags = / O_[A-Z_|]+$| \d+$/;
  const onFake = fake.log
    .filter((call) => noted.has(named(call)))
    .map((call) => (call.startsWith('openat ') ? call.replace(/^openat \S+ /, 'openat ') : call).replace(flags, ''));
  expect(onFake).toEqual(onReal);
});
