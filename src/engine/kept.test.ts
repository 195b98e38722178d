import { expect, it } from 'vitest';
import type { Step } from '../kernel/sched/step.ts';
import { Kept } from './kept.ts';

/** Answers with the key, and counts how often it has to. */
function asker(most: number) {
  const kept = new Kept(most);
  const computed: string[] = [];
  const ask = (key: string) => kept.get(key, () => computed.push(key) && `answer to ${key}`);
  return { kept, computed, ask };
}

it('what was asked before is not computed again', () => {
  const { ask, computed } = asker(2);
  expect([ask('a'), ask('a'), computed]).toEqual(['answer to a', 'answer to a', ['a']]);
});

it('an answer that is "nothing" is one too', () => {
  const kept = new Kept(2);
  let asked = 0;
  for (let i = 0; i < 2; i++) kept.get('a', () => void asked++);
  expect(asked).toBe(1);
});

it('what was not asked for longest goes first', () => {
  const { ask, computed } = asker(2);
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) ask(key);
  expect(computed).toEqual(['a', 'b', 'c', 'b']);
});

it('nothing is left once all is cleared', () => {
  const { kept, ask, computed } = asker(2);
  ask('a');
  kept.clear();
  ask('a');
  expect(computed).toEqual(['a', 'a']);
});

it('an answer that takes steps is kept when it is there, and not when it was given up on the way', () => {
  const kept = new Kept(2);
  let begun = 0;
  function* compute(): Generator<Step, string, void> {
    begun++;
    yield 'tick';
    return 'answer';
  }
  const first = kept.getInSteps('a', compute);
  expect(first.next().value).toBe('tick');
  first.return('');
  const second = kept.getInSteps('a', compute);
  second.next();
  expect(second.next()).toEqual({ done: true, value: 'answer' });
  expect([kept.getInSteps('a', compute).next(), begun]).toEqual([{ done: true, value: 'answer' }, 2]);
});
