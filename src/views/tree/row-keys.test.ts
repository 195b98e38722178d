import { describe, expect, it } from 'vitest';
import { treeKey, typeLetter } from './row-keys.ts';

const press = (key: string, over = {}) => ({ key, ctrlKey: false, altKey: false, metaKey: false, ...over });
const closed = { kind: 'dir', expanded: false, isFiltered: false, page: 20 } as const;
const open = { kind: 'dir', expanded: true, isFiltered: false, page: 20 } as const;
const held = { ...open, isFiltered: true };
const file = { kind: 'file', expanded: false, isFiltered: false, page: 20 } as const;

describe('treeKey', () => {
  it.each([
    ['ArrowDown', closed, { kind: 'by', rows: 1 }],
    ['PageUp', closed, { kind: 'by', rows: -20 }],
    ['Home', closed, { kind: 'edge', edge: 'first' }],
    ['End', closed, { kind: 'edge', edge: 'last' }],
    ['ArrowRight', closed, { kind: 'expand' }],
    ['ArrowRight', open, { kind: 'child' }],
    ['ArrowLeft', open, { kind: 'collapse' }],
    ['ArrowLeft', closed, { kind: 'parent' }],
    ['ArrowLeft', file, { kind: 'parent' }],
    ['Enter', closed, { kind: 'toggle' }],
    ['Enter', file, { kind: 'choose' }],
    ['ArrowLeft', held, { kind: 'parent' }],
    ['ArrowRight', held, { kind: 'child' }],
    ['Enter', held, { kind: 'choose' }],
    [' ', closed, { kind: 'choose' }],
    ['*', file, { kind: 'siblings' }],
    ['s', closed, { kind: 'type', character: 's' }],
    ['Tab', closed, undefined],
    ['F5', closed, undefined],
  ])('%s', (key, context, meaning) => {
    expect(treeKey(press(key), context)).toEqual(meaning);
  });

  it('leaves chords to the browser and to the app', () => {
    expect(treeKey(press('z', { ctrlKey: true }), closed)).toBeUndefined();
  });
});

describe('typeLetter', () => {
  const type = (...letters: [string, number][]) =>
    letters.reduce((typed, [letter, at]) => typeLetter(typed, letter, at), { text: '', at: 0 }).text;

  it('collects letters that follow quickly', () => {
    expect(type(['s', 1000], ['C', 1300], ['h', 1600])).toBe('sch');
  });
  it('begins anew after a pause', () => {
    expect(type(['s', 1000], ['i', 2000])).toBe('i');
  });
  it('takes the same letter again as "the next one"', () => {
    expect(type(['s', 1000], ['s', 1200])).toBe('s');
  });
});
