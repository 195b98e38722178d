import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../state/protocol.ts';
import { CHANNELS } from '../testing/fake-frame.ts';
import { entryName, hasFailed, shortLine } from './entry-name.ts';

const entry = (index: number, command: string, ...dentries: number[]): LogEntry => ({
  id: index,
  index,
  command,
  label: command,
  sentence: '',
  results: dentries.map((nrDentry) => ({
    status: 0,
    errno: '',
    stdout: '',
    stderr: '',
    oopses: [],
    breaches: [],
    notReached: [],
    change: { nrDentry, nrUnused: 0, nrNegative: 0, nrInodes: nrDentry, slabBytes: 0 },
  })),
});

describe('the line in a slot of few pixels', () => {
  it.each([
    ['mkdir instances/i1', 'mkdir i1'],
    ['exec 3< events/sched', 'exec 3< sched'],
    ['exec 3<&-', 'exec 3<&-'],
    ['echo 2 > /proc/sys/vm/drop_caches', 'echo 2 > drop_caches'],
    ["echo 'p:kprobes/ev1 vfs_read' >> kprobe_events", "echo 'ev1 vfs_read' >> kprobe_events"],
    ['for i in $(seq 1 3); do mkdir instances/i$i; done', 'for i in $(seq 1 3); do mkdir i$i; done'],
    ["mkdir instances/'two words'", "mkdir instances/'two words'"],
  ])('%s is %s', (line, short) => {
    expect(shortLine(line)).toBe(short);
  });
});

describe('the name of a log entry', () => {
  it('says what changed first', () => {
    expect(entryName(entry(4, 'echo 2 > /proc/sys/vm/drop_caches', 0, -25), CHANNELS)).toBe(
      'Command 4, echo 2 > /proc/sys/vm/drop_caches: −25 dentries on Linux 6.12, no change on Linux 6.1',
    );
    expect(entryName(entry(1, 'mkdir instances/i1', 9649, 86), CHANNELS)).toBe(
      'Command 1, mkdir instances/i1: +9,649 dentries on Linux 6.1, +86 dentries on Linux 6.12',
    );
    expect(entryName(entry(0, 'boot', 0, 0), CHANNELS)).toBe('0 boot');
  });

  it('says where a kernel was in trouble before anything else', () => {
    const race = { ...entry(3, '# @task A\nls &\nwait', 0, 4), label: 'tasks A and B' };
    const [a, b] = race.results;
    const broken = {
      ...race,
      results: [{ ...a, breaches: [{ id: 'I1', objects: [], text: 'd_count of events is −1' }] }, b],
    };
    expect(entryName(broken, CHANNELS)).toBe(
      'Command 3, tasks A and B: invariant broken on Linux 6.1, no change on Linux 6.1, +4 dentries on Linux 6.12',
    );
  });

  it('says where it failed', () => {
    const removed = entry(2, 'rmdir instances/i1', -9649, 0);
    const [a, b] = removed.results;
    const refused = { ...removed, results: [a, { ...b, status: 1, errno: 'EBUSY' }] };
    expect(entryName(refused, CHANNELS)).toMatch(/no change on Linux 6.12, EBUSY$/);
    expect([hasFailed(refused), hasFailed(removed)]).toEqual([true, false]);
  });
});
