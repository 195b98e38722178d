/**
 * The shell lines that the property runs, in groups of lines that were written for each other: alone most of them do little.
 * They are chosen for what they leave behind (open files, working directories, attributes, texts, dead tasks, held locks).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { parseScenario } from '../../src/session/scenario.ts';

const SCENARIOS = new URL('../../src/scenarios/bugs/', import.meta.url);

const ROOT = '/sys/kernel/tracing';
const FILTER = 'events/irq/irq_handler_entry/filter';

const OWN: readonly (readonly string[])[] = [
  ['mkdir instances/a', 'rmdir instances/a', 'mkdir instances/b', 'rmdir instances/b', 'mkdir instances/c instances/d'],
  ['exec 3< events', 'ls -l <&3', 'openat 3 sched', 'getdents 3 2', 'exec 3<&-'],
  ['exec 4< events/sched/sched_switch', 'getdents 4', 'exec 4<&-', 'echo 2 > /proc/sys/vm/drop_caches'],
  ['mkdir instances/a', 'exec 5< instances/a/events/enable', 'rmdir instances/a', 'exec 5<&-', 'rmdir instances/a'],
  [
    'mkdir instances/a',
    'cd instances/a/events',
    'rmdir ../../a',
    `rmdir ${ROOT}/instances/a`,
    'ls -a',
    'cd ..',
    `cd ${ROOT}`,
  ],
  ['ls -lR events > /dev/null', 'cat events/sched/sched_switch/format', 'stat -c %h events', 'find events -name id'],
  ['echo 1 > events/sched/sched_switch/enable', 'echo 1 > events/enable', 'cat set_event', 'echo 0 > events/enable'],
  [
    'echo p:kp/one vfs_read >> kprobe_events',
    'echo 1 > events/kp/one/enable',
    'echo -:kp/one >> kprobe_events',
    'ls events/kp',
  ],
  [
    'echo p:kp/two vfs_write >> kprobe_events',
    'echo > kprobe_events',
    'cat kprobe_events',
    'cat kprobe_events > /dev/null',
  ],
  [
    'mkdir instances/a',
    `echo irq == 1 > instances/a/${FILTER}`,
    'rmdir instances/a',
    'mkdir instances/b',
    'grep -r . instances/b/events --include=filter',
  ],
  [`echo irq == 2 > ${FILTER}`, `cat ${FILTER}`, `echo 0 > ${FILTER}`],
  [
    'chmod g+w events/sched/filter',
    'chown 7 events/sched',
    'chgrp 9 instances',
    'mount -o remount,gid=77 /sys/kernel/tracing',
    'stat -c %a:%u:%g events/sched/* instances',
  ],
  // Lines that a shell dies of, on designs that have the bug for it, and what it held.
  ['exec 3< events', `chmod 700 ${ROOT}/events`, 'cd ..', 'exec 3<&-'],
  [
    'cd events',
    'stat -c %n sched/*',
    'echo 999999999 > /proc/sys/vm/min_free_kbytes',
    'chmod g+w sched/sched_switch/filter',
  ],
  ['chmod 700 events', 'cd events', `su -s /bin/bash nobody -c 'ls events'`, 'cd ..'],
  ['x=1; f() { echo $x; }', 'f', 'x=2', 'set -u', 'echo $undefined', 'unset x', 'false', 'echo $?'],
  ['sleep 0 &', 'wait', 'echo $!', 'mkdir instances/a & rmdir instances/a & wait', 'ls events & ls instances & wait'],
  ['echo 2 > /proc/sys/vm/drop_caches', 'echo 3 > /proc/sys/vm/drop_caches', 'cat /proc/sys/fs/dentry-state'],
  ['test -e events/none', 'test -e none', 'stat none', 'ls none*'],
  ['nonsense', 'for i in', 'date', 'ls | frobnicate'],
  ['for i in 1 2 3; do mkdir instances/n$i; done', 'rmdir instances/n*', 'ls instances'],
  ['echo 1 > tracing_on', 'echo nop > current_tracer', 'echo 16 > buffer_size_kb', 'cat tracing_on buffer_size_kb'],
];

/** The acts of every shipped scenario: races that end badly, and what leads to them. */
const SHIPPED: readonly (readonly string[])[] = readdirSync(SCENARIOS)
  .filter((name) => name.endsWith('.sh'))
  .sort()
  .flatMap((name) => {
    const scenario = parseScenario(readFileSync(new URL(name, SCENARIOS), 'utf8'));
    return scenario.ok ? [scenario.value.acts.map(({ text }) => text)] : [];
  });

export const LINES: readonly (readonly string[])[] = [...OWN, ...SHIPPED];
