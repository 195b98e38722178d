/** What needs no rows; the searches stand in tests/page/row-search.test.ts, on the tree of a real engine. */
import { expect, it } from 'vitest';
import { ancestorPaths, parentPath } from './row-search.ts';

it('knows what lies above a path', () => {
  expect([parentPath(''), parentPath('events'), parentPath('events/sched')]).toEqual([undefined, '', 'events']);
  expect(ancestorPaths('events/sched/sched_switch')).toEqual(['', 'events', 'events/sched']);
});
