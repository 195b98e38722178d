/**
 * The short scenarios of section 12.3 of the design reference on the designs up to v6.8-rc2; those after it, and the arrays of
 * D6, are in src/kernel/designs/eventfs.test.ts. Where section 12.3 and the recorded kernels differ, the kernels are right
 * (docs/kernel-facts.md, rules 37 and 42).
 */
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/session/scenario.ts';
import { type Run, runActs } from './run.ts';

function run(design: string, text: string): Run {
  const scenario = parseScenario(text);
  if (!scenario.ok) throw new Error(scenario.error.message);
  return runActs(scenario.value.acts, { kernel: 'small', design });
}

describe('a snapshot or a live listing: the event that was read last is removed, and T1 reads on', () => {
  /** `entries`: how many T1 reads first, the dots among them. */
  const listed = (design: string, entries: number) =>
    run(
      design,
      `
echo 'p:g/a vfs_read' >> kprobe_events
echo 'p:g/b vfs_write' >> kprobe_events
echo 'p:g/c vfs_open' >> kprobe_events
exec 3< events/g
first=$(getdents 3 ${entries})
echo $first
echo "-:g/\${first: -1}" >> kprobe_events
echo $(getdents 3)
exec 3<&-
`,
    );

  // A cursor among the children: newest first, and nobody is missed. v6.7 makes the files last.
  it.each([
    ['v6.5', 3, '. .. c', 'b a enable filter'],
    ['v6.6-rc2', 3, '. .. c', 'b a enable filter'],
    ['v6.6', 3, '. .. c', 'b a enable filter'],
    ['v6.7', 5, '. .. enable filter c', 'b a'],
  ])('%s: the cursor stays where it was', (design, entries, first, rest) => {
    const { stdout, oopses, breaches } = listed(design, entries);
    expect(stdout).toBe(`${first}\n${rest}\n`);
    expect(oopses).toEqual([]);
    expect(breaches.get('I15')).toBeUndefined();
  });

  // An index: what followed the removed one has moved up to its place.
  it.each([
    ['v6.8-merge', 3, '. .. a', 'c filter enable'],
    ['v6.8-rc2', 5, '. .. filter enable a', 'c'],
  ])('%s: b is never listed (B32)', (design, entries, first, rest) => {
    const { stdout, oopses, breaches } = listed(design, entries);
    expect(stdout).toBe(`${first}\n${rest}\n`);
    expect(oopses).toEqual([]);
    expect(breaches.get('I15')).toEqual(['I15: g/b was there throughout and never listed']);
  });

  it('v6.6-rc2 forgets what it held of the removed one: it leaks', () => {
    const { breaches } = listed('v6.6-rc2', 3);
    expect(breaches.get('I12')?.map((text) => text.replace(/ \(.*\)/, ''))).toEqual([
      'I12: events/g survives reclaim, d_count 1',
      'I12: events/g/c survives reclaim, d_count 1',
    ]);
  });
});

describe('rmdir of an instance with an open directory in it', () => {
  const removed = (design: string) =>
    run(
      design,
      `
mkdir instances/foo
exec 3< instances/foo/events/sched
rmdir instances/foo
echo "rmdir: $?"
getdents 3
exec 3<&-
`,
    );

  it.each(['v6.5', 'v6.7', 'v6.8-merge', 'v6.8-rc2'])('%s: ENOENT, and the close frees what is left', (design) => {
    const { stdout, stderr, oopses, breaches } = removed(design);
    expect(stdout).toBe('rmdir: 0\n');
    expect(stderr).toBe('bash: getdents: 3: No such file or directory\n');
    expect(oopses).toEqual([]);
    for (const id of ['I1', 'I2', 'I9', 'I12']) expect(breaches.get(id)).toBeUndefined();
  });

  it('v6.6: the same, but for the 16 bytes that it leaks with every instance (rule 9)', () => {
    const { stderr, oopses, breaches } = removed('v6.6');
    expect(stderr).toBe('bash: getdents: 3: No such file or directory\n');
    expect(oopses.map((o) => [o.kind, o.text])).toEqual([['leak', 'eventfs_inode of a removed events directory']]);
    for (const id of ['I1', 'I2', 'I9', 'I12']) expect(breaches.get(id)).toBeUndefined();
  });

  it('v6.6-rc2: the two dots; close walks a freed list, and what open had referenced is never freed', () => {
    const { stdout, oopses, breaches } = removed('v6.6-rc2');
    expect(stdout).toBe('rmdir: 0\n.\n..\n');
    expect(oopses.map((o) => [o.kind, o.stack[0], o.objects[0]?.replace(/\d+/, 'N')])).toEqual([
      ['use after free', 'eventfs_release', 'ti->private: descriptor N, once sched'],
    ]);
    // sched with its five children, events and foo above it.
    expect(breaches.get('I12')).toHaveLength(8);
  });

  it.each(['v6.5', 'v6.6-rc2', 'v6.6', 'v6.7', 'v6.8-merge', 'v6.8-rc2'])(
    '%s: EBUSY for an open event file',
    (design) => {
      const { stdout, stderr } = run(
        design,
        `
mkdir instances/foo
exec 3< instances/foo/events/sched/sched_switch/enable
rmdir instances/foo
echo "rmdir: $?"
exec 3<&-
`,
      );
      expect(stdout).toBe('rmdir: 1\n');
      expect(stderr).toBe("rmdir: failed to remove 'instances/foo': Device or resource busy\n");
    },
  );
});
