import { describe, expect, it } from 'vitest';
import type { LockInfo, Oops, Trace, TraceEvent, TraceStep } from '../../state/protocol.ts';
import { troubleStep } from '../parts/trouble.ts';
import { lanesOf, pathsOf, runsOf, sameTask } from './lanes.ts';
import { stepName, stepWords, traceNotes } from './step-words.ts';

const COUNTERS = { nrDentry: 0, nrUnused: 0, nrNegative: 0, nrInodes: 0 };

/** "A dput | put events/sched 3 2 | holds": a step a line. */
function trace(...lines: readonly string[]): Trace {
  const steps = lines.map((line, index): TraceStep => {
    const [head = '', events = '', held = '', waitsFor = ''] = line.split('|').map((part) => part.trim());
    const [task = '', fn = ''] = head.split(' ');
    return {
      ...{ index, task, fn, stack: [], counters: COUNTERS },
      events: events === '' ? [] : events.split(';').map(event),
      held: held === '' ? [] : held.split(',').map((name) => lock(name.trim())),
      ...(waitsFor !== '' && { waitsFor: lock(waitsFor) }),
    };
  });
  return { tasks: [...new Set(steps.map((s) => s.task))], steps, sources: {}, notReached: [], truncated: false };
}
const lock = (text: string): LockInfo => ({
  ref: { kernel: 0, cache: 'mutex', index: LOCKS.indexOf(text), generation: 0 },
  isShared: false,
  text,
});
const LOCKS = ['eventfs_mutex', 'f_pos_lock', 'i_rwsem', 'eventfs_srcu'];
/** "put events 3 2": a count before and after. */
function event(text: string): TraceEvent {
  const [op = '', name = '', before, after] = text.trim().split(' ');
  const kind = LOCKS.includes(name) ? 'mutex' : 'dentry';
  return { op, kind, ref: undefined, name, ...(before !== undefined && { count: [Number(before), Number(after)] }) };
}

const RACE = trace(
  'A start',
  'A mutex_lock | lock eventfs_mutex | eventfs_mutex',
  'B start',
  'B mutex_lock | | | eventfs_mutex',
  'A d_instantiate | instantiate events/x; put events 3 2 | eventfs_mutex',
  'A mutex_unlock | unlock eventfs_mutex',
  'B mutex_lock | lock eventfs_mutex | eventfs_mutex',
);

describe('the lanes', () => {
  it('keep what a task holds and waits for while others run', () => {
    const lanes = lanesOf(RACE);
    expect(lanes[0]).toEqual([
      { held: [], slots: [], waitsFor: undefined, life: 'runs' },
      { held: [], slots: [], waitsFor: undefined, life: 'before' },
    ]);
    expect(lanes[4]).toEqual([
      { held: [lock('eventfs_mutex')], slots: [lock('eventfs_mutex')], waitsFor: undefined, life: 'runs' },
      { held: [], slots: [], waitsFor: lock('eventfs_mutex'), life: 'runs' },
    ]);
    expect(lanes[6]?.map((lane) => lane.life)).toEqual(['over', 'over']);
  });

  it('keep what a task holds that died of a kernel bug', () => {
    const oops: Oops = {
      ...{ kind: 'BUG', text: 'kernel BUG at fs/dcache.c:2031!', task: 'A', stack: [], others: [], objects: [] },
      ...{ fatal: true, left: ['eventfs_srcu'] },
    };
    const held = [lock('eventfs_srcu')];
    const dead = { ...RACE, steps: RACE.steps.map((step) => (step.index === 5 ? { ...step, held, oops } : step)) };
    const still = { ...dead, steps: [...dead.steps, { ...RACE.steps[1], index: 7 }] };
    expect(lanesOf(still)[7]?.[0].life).toBe('dead');
    expect(lanesOf(dead)[6]?.[0]).toMatchObject({ held, waitsFor: undefined, life: 'dead' });
    expect(troubleStep(dead)).toBe(5);
    expect(troubleStep(RACE)).toBeUndefined();
  });

  it('keep a lock in its place while others come and go', () => {
    const locks = ['f_pos_lock, i_rwsem', 'i_rwsem', 'i_rwsem, eventfs_mutex', 'eventfs_mutex', ''];
    const slots = lanesOf(trace(...locks.map((held) => `A x | | ${held}`))).map(([lane]) =>
      lane?.slots.map((slot) => slot?.text),
    );
    expect(slots).toEqual([
      ['f_pos_lock', 'i_rwsem'],
      [undefined, 'i_rwsem'],
      ['eventfs_mutex', 'i_rwsem'],
      ['eventfs_mutex'],
      [],
    ]);
  });

  it('have one run for each turn of a task', () => {
    expect(runsOf(RACE).map(({ task, first, count }) => [task, first, count])).toEqual([
      [0, 0, 2],
      [1, 2, 2],
      [0, 4, 2],
      [1, 6, 1],
    ]);
  });

  it('know the next step of the same task', () => {
    expect(sameTask(RACE, 1, 1)).toBe(4);
    expect(sameTask(RACE, 6, -1)).toBe(3);
    expect(sameTask(RACE, 6, 1)).toBe(6);
  });

  it('know which paths the steps are about, and what lies above them', () => {
    const { touched, above } = pathsOf(RACE);
    expect([...touched]).toEqual(['events/x', 'events']);
    expect(above).toEqual(['', 'events']);
  });
});

describe('the words of a step', () => {
  it('name task, function, what it did and what it holds', () => {
    expect(stepName(RACE.steps[4], 7)).toBe(
      'Step 5 of 7, task A, d_instantiate: instantiate events/x; put events, d_count 3 → 2; holds eventfs_mutex',
    );
    expect(stepWords(RACE.steps[3])).toBe('waits for eventfs_mutex');
    expect(stepName(RACE.steps[0], 7)).toBe('Step 1 of 7, task A, starts');
  });

  it('say which turns were not reached, and that a run was cut', () => {
    expect(traceNotes({ ...RACE, notReached: ['A@d_instantiate'], truncated: true }, 'eventfs v6.6')).toEqual([
      'Not reached on eventfs v6.6: A@d_instantiate.',
      'The command makes more than 7 steps: these are the first.',
    ]);
  });
});
