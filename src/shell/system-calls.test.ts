/**
 * The system calls of each command, in both userlands. `coreutils` is what strace shows of the real ones (docs/shell.md),
 * `bare` is the table of the issue. Calls on descriptors that change nothing (fstat, fcntl) are left out.
 */
import { describe, expect, it } from 'vitest';
import type { Userland } from './run/context.ts';
import { FakeKernel } from './testing/fake-kernel.ts';
import { runScript } from './testing/run-script.ts';

const TREE = `
  events/
    enable  0\\n
    sched/
      enable  1\\n
      sched_switch/
        id  314\\n
  instances/
    foo/
  trace  hello\\n
`;

function callsOf(script: string, userland: Userland): string[] {
  const kernel = new FakeKernel(TREE);
  runScript(kernel, script, { userland });
  return kernel.log;
}

/** script, calls of coreutils, calls of bare ('' = the same). */
const TABLE: readonly (readonly [script: string, coreutils: string, bare?: string])[] = [
  ['stat events', 'lstat events', ''],
  ['stat nosuch', 'lstat nosuch', ''],
  ['chmod 600 trace', 'stat trace; chmod trace 600', 'chmod trace 600'],
  ['chown 5:6 trace', 'lstat trace; chown trace 5 6', 'chown trace 5 6'],
  ['chgrp 7 trace', 'lstat trace; chown trace -1 7', 'chown trace -1 7'],
  ['mkdir instances/x', 'mkdir instances/x', ''],
  ['rmdir instances/foo', 'rmdir instances/foo', ''],
  [
    'mkdir -p instances/x/y',
    'fork; mkdir instances; chdir instances; mkdir x; open x O_DIRECTORY; chdir x; close x; mkdir y; exit',
    'mkdir instances; mkdir instances/x; mkdir instances/x/y',
  ],
  [
    'mkdir -p /sys/kernel/tracing/instances/foo',
    'fork; chdir /sys/kernel/tracing; mkdir instances; chdir instances; mkdir foo; stat foo; exit',
    'mkdir /sys/kernel/tracing/instances; mkdir /sys/kernel/tracing/instances/foo',
  ],
  ['cat trace', 'open trace; read trace; read trace; close trace', ''],
  ['cat events', 'open events; read events; close events', ''],
  ['head -n 1 trace', 'open trace; read trace; close trace', ''],
  ['wc -l trace', 'open trace; read trace; read trace; close trace', ''],
  [
    'wc trace',
    'stat trace; open trace; read trace; read trace; close trace',
    'open trace; read trace; read trace; close trace',
  ],
  ['grep h trace', 'open trace; read trace; read trace; close trace', ''],
  ['grep -q h trace', 'open trace; read trace; close trace', ''],
  ['ls', 'open . O_DIRECTORY; getdents .; getdents .; close .', ''],
  [
    'ls events',
    'stat events; open events O_DIRECTORY; getdents events; getdents events; close events',
    'open events O_DIRECTORY; getdents events; getdents events; close events',
  ],
  ['ls trace', 'stat trace; lstat trace', 'open trace O_DIRECTORY; lstat trace'],
  ['ls nosuch', 'stat nosuch; lstat nosuch', 'open nosuch O_DIRECTORY'],
  ['ls -d events', 'lstat events', ''],
  [
    'ls -l events',
    // The second and third look at events ask for extended attributes; tracefs has none and ls asks no more.
    'lstat events; lstat events; stat events; open events O_DIRECTORY; getdents events; lstat events/enable; lstat events/sched; getdents events; close events',
    'open events O_DIRECTORY; getdents events; getdents events; close events; lstat events/enable; lstat events/sched',
  ],
  [
    'ls -l',
    'open . O_DIRECTORY; getdents .; lstat events; lstat events; stat events; lstat instances; lstat trace; getdents .; close .',
    'open . O_DIRECTORY; getdents .; getdents .; close .; lstat events; lstat instances; lstat trace',
  ],
  [
    'ls -R events/sched',
    'stat events/sched; open events/sched O_DIRECTORY; getdents events/sched; getdents events/sched; close events/sched; open events/sched/sched_switch O_DIRECTORY; getdents events/sched/sched_switch; getdents events/sched/sched_switch; close events/sched/sched_switch',
    'lstat events/sched; open events/sched O_DIRECTORY; getdents events/sched; getdents events/sched; close events/sched; open events/sched/sched_switch O_DIRECTORY; getdents events/sched/sched_switch; getdents events/sched/sched_switch; close events/sched/sched_switch',
  ],
  [
    'ls -lR events/sched/sched_switch',
    'lstat events/sched/sched_switch; lstat events/sched/sched_switch; stat events/sched/sched_switch; open events/sched/sched_switch O_DIRECTORY; getdents events/sched/sched_switch; lstat events/sched/sched_switch/id; getdents events/sched/sched_switch; close events/sched/sched_switch',
    'lstat events/sched/sched_switch; open events/sched/sched_switch O_DIRECTORY; getdents events/sched/sched_switch; lstat events/sched/sched_switch/id; getdents events/sched/sched_switch; close events/sched/sched_switch',
  ],
  [
    'find events/sched',
    'open .; lstat events/sched; open events/sched O_DIRECTORY; lstat events/sched; getdents events/sched; getdents events/sched; lstat events/sched/sched_switch; openat events/sched sched_switch O_DIRECTORY; lstat events/sched/sched_switch; getdents events/sched/sched_switch; getdents events/sched/sched_switch; close events/sched/sched_switch; close events/sched; close .',
    'lstat events/sched; open events/sched O_DIRECTORY; getdents events/sched; getdents events/sched; close events/sched; open events/sched/sched_switch O_DIRECTORY; getdents events/sched/sched_switch; getdents events/sched/sched_switch; close events/sched/sched_switch',
  ],
  [
    'find events/sched -maxdepth 1 -name "x*"',
    'open .; lstat events/sched; open events/sched O_DIRECTORY; lstat events/sched; getdents events/sched; getdents events/sched; lstat events/sched/sched_switch; close events/sched; close .',
    'lstat events/sched; open events/sched O_DIRECTORY; getdents events/sched; getdents events/sched; close events/sched',
  ],
  ['test -e trace', 'stat trace', ''],
  ['[ -L trace ]', 'lstat trace', ''],
  ['[[ -d events && -f trace ]]', 'stat events; stat trace', ''],
  [
    'echo 1 > trace',
    'open trace O_WRONLY|O_CREAT|O_TRUNC; dup2 3 1; close trace; write trace "1\\n"; close trace',
    'open trace O_WRONLY; dup2 3 1; close trace; write trace "1\\n"; close trace',
  ],
  [
    'echo 1 >> trace',
    'open trace O_WRONLY|O_CREAT|O_APPEND; dup2 3 1; close trace; write trace "1\\n"; close trace',
    'open trace O_WRONLY|O_APPEND; dup2 3 1; close trace; write trace "1\\n"; close trace',
  ],
  [
    'printf "a\\nb\\nc" > trace',
    'open trace O_WRONLY|O_CREAT|O_TRUNC; dup2 3 1; close trace; write trace "a\\n"; write trace "b\\n"; write trace "c"; close trace',
    'open trace O_WRONLY; dup2 3 1; close trace; write trace "a\\nb\\nc"; close trace',
  ],
  [
    'echo 1 | tee trace',
    'fork; exit; fork; open trace O_WRONLY|O_CREAT|O_TRUNC; write trace "1\\n"; close trace; exit',
    'fork; exit; fork; open trace O_WRONLY; write trace "1\\n"; close trace; exit',
  ],
  ['echo 1 > nosuch/x', 'open nosuch/x O_WRONLY|O_CREAT|O_TRUNC', 'open nosuch/x O_WRONLY'],
  ['echo 1 > /dev/null', '', ''],
  ['exec 3< events/sched', 'open events/sched', ''],
  ['exec 5< events/sched', 'open events/sched; dup2 3 5; close events/sched', ''],
  ['exec 3< events; exec 3<&-; exec 3<&-', 'open events; close events', ''],
  ['exec 3< events 4<&3 3<&-', 'open events; dup2 3 4; close events', ''],
  ['exec 3< events; getdents 3', 'open events; getdents events; getdents events', ''],
  [
    'exec 3< events; getdents 3 1; rewind 3; getdents 3 2',
    'open events; getdents events; lseek events 0; getdents events',
    '',
  ],
  ['exec 3< events; openat 3 enable', 'open events; openat events enable', ''],
  ['opath 3 events', 'open events O_PATH', ''],
  ['opath 4 events', 'open events O_PATH; dup2 3 4; close events', ''],
  [
    'cd events/sched',
    'stat /sys/kernel/tracing; stat /sys/kernel/tracing/events; stat /sys/kernel/tracing/events/sched; chdir /sys/kernel/tracing/events/sched',
    'chdir events/sched',
  ],
  [
    'cd nosuch',
    'stat /sys/kernel/tracing; stat /sys/kernel/tracing/nosuch; chdir /sys/kernel/tracing/nosuch; chdir nosuch',
    'chdir nosuch',
  ],
  ['cd -P events', 'chdir events', ''],
  ['pwd', '', ''],
  ['pwd -P', 'getcwd', ''],
  ['mount -o remount,gid=77 /sys/kernel/tracing', 'remount gid=77', ''],
  ['echo events/*', 'open events/ O_DIRECTORY; getdents events/; getdents events/; close events/', ''],
  [
    // Read forwards, visited backwards: instances, then events.
    'echo [ei]*/enable',
    'open . O_DIRECTORY; getdents .; getdents .; close .; stat instances; lstat instances/enable; stat events; lstat events/enable',
    '',
  ],
  [
    'echo [e]*/s*/',
    'open . O_DIRECTORY; getdents .; getdents .; close .; open events O_DIRECTORY; getdents events; getdents events; close events; stat events/sched',
    '',
  ],
  ['echo events/enable "events/*"', '', ''],
  ['x=$(< trace)', 'open trace; read trace; read trace; close trace', ''],
  ['x=$(cat trace)', 'fork; open trace; read trace; read trace; close trace; exit', ''],
  [
    '(cd events)',
    'fork; stat /sys/kernel/tracing; stat /sys/kernel/tracing/events; chdir /sys/kernel/tracing/events; exit',
    'fork; chdir events; exit',
  ],
  [
    'read x < trace',
    'open trace; dup2 3 0; close trace; read trace; read trace; read trace; read trace; read trace; read trace; close trace',
    '',
  ],
  ['rmdir instances/foo & wait', 'fork; rmdir instances/foo; exit', ''],
  ['sleep 1; true; : a', '', ''],
];

describe.each(['coreutils', 'bare'] as const)('system calls in %s', (userland) => {
  it.each(TABLE.map(([script, coreutils, bare = '']) => [script, coreutils, bare] as const))(
    '%s',
    (script, coreutils, bare) => {
      const expected = userland === 'bare' && bare !== '' ? bare : coreutils;
      expect(callsOf(script, userland).join('; ')).toBe(expected);
    },
  );
});

describe('find in a deep tree', () => {
  it('keeps the last four parents open and comes back to the others by ".."', () => {
    const kernel = new FakeKernel(`
  a/
    b/
      c/
        d/
          e/
            f/
    z/
`);
    const { stdout } = runScript(kernel, 'find a');
    expect(stdout.trim().split('\n')).toEqual(['a', 'a/b', 'a/b/c', 'a/b/c/d', 'a/b/c/d/e', 'a/b/c/d/e/f', 'a/z']);
    // As strace shows it for findutils 4.9.0 in such a tree.
    expect(kernel.log.filter((call) => /^(open|close)/.test(call))).toEqual([
      'open .',
      'open a O_DIRECTORY',
      'openat a b O_DIRECTORY',
      'openat a/b c O_DIRECTORY',
      'openat a/b/c d O_DIRECTORY',
      'openat a/b/c/d e O_DIRECTORY',
      'openat a/b/c/d/e f O_DIRECTORY',
      'close a',
      'close a/b/c/d/e/f',
      'close a/b/c/d/e',
      'close a/b/c/d',
      'close a/b/c',
      'openat a/b .. O_DIRECTORY',
      'close a/b',
      'openat a/b/.. z O_DIRECTORY',
      'close a/b/../z',
      'close a/b/..',
      'close .',
    ]);
  });
});
