import { describe, expect, it } from 'vitest';
import { Race } from '../testing/race.ts';
import { eventFileRef } from '../vfs/refs.ts';
import { whoHolds } from './who-holds.ts';

const SWITCH = 'events/sched/sched_switch';

/** Each trace_event_file with a wrong count: "2, held 1 times". */
const wrong = ({ kernel: { k } }: Race): string[] => {
  const all: string[] = [];
  for (let f = 1; f < k.tef.rows; f++) {
    const holding = whoHolds(k, eventFileRef(k, f));
    if (holding !== undefined && k.tefCache.ownerOf(f) !== 0xffff && holding.count !== holding.holders.length)
      all.push(`${holding.count}, held ${holding.holders.length} times`);
  }
  return all;
};

describe.each(['v6.5', 'v6.6', 'v6.8-rc2', 'v6.12', 'procfs-style'])('the trace_event_files of %s', (design) => {
  it('are held by their creation, open files and what keeps them below eventfs', () => {
    const m = new Race(design);
    expect(wrong(m)).toEqual([]);
    m.run('T: mkdir instances/a');
    m.run(`T: open ${SWITCH}/enable`);
    m.run('T: kprobe p:kprobes/kp1 vfs_read');
    m.run('R: opendir events/kprobes/kp1');
    expect(wrong(m)).toEqual([]);
    m.run('T: kprobe -:kprobes/kp1');
    m.run('T: rmdir instances/a');
    expect(wrong(m)).toEqual([]);
    m.run('T: close');
    m.run('R: close');
    m.run('T: drop_caches');
    expect(wrong(m)).toEqual([]);
  });
});

it('an open file is told with the file that has it', () => {
  const m = new Race('v6.12');
  const { k } = m.kernel;
  m.run(`T: open ${SWITCH}/enable`);
  const kinds = new Set<string>();
  for (let f = 1; f < k.tef.rows; f++)
    for (const { kind } of whoHolds(k, eventFileRef(k, f))?.holders ?? []) kinds.add(kind);
  expect([...kinds].sort()).toEqual(['creation', 'descriptor', 'file']);
});
