import { describe, expect, it } from 'vitest';
import type { DesignCard } from '../../state/library.ts';
import { channelsFor, MAX_DESIGNS } from './lockstep.ts';
import { dateWords, dayNumber, releaseTicks, timeScale, timeY, yearTicks } from './time-axis.ts';

const card = (id: string, date: string, machine = 'own'): DesignCard => ({
  ...{ id, date, machine, section: '', title: id, releases: '', event: '', released: true, does: ['a.', 'b.', 'c.'] },
  ...{ structs: [], bugs: [], sources: [], gitTag: '' },
});
const CARDS = [card('old', '2023-12-02'), card('middle', '2024-06'), card('new', '2025-01-30')];

describe('the axis of time', () => {
  it('is linear, a month alone standing at its middle', () => {
    const scale = timeScale(CARDS, 970);
    expect([scale.from, scale.to]).toEqual([dayNumber('2023-11-02'), dayNumber('2025-03-01')]);
    expect(timeY(scale, scale.from)).toBe(0);
    expect(timeY(scale, dayNumber('2024-06')) / 970).toBeCloseTo(226 / 485, 5);
    expect(yearTicks(scale).map(({ text }) => text)).toEqual(['2024', '2025']);
  });

  it('names releases only where there is room', () => {
    const scale = timeScale(CARDS, 485);
    const releases = [
      ['v6.6', '2023-10-29'],
      ['v6.7', '2024-01-07'],
      ['v6.7.1', '2024-01-15'],
      ['v6.8', '2024-03-10'],
    ] as const;
    expect(releaseTicks(scale, releases, 12).map(({ text }) => text)).toEqual(['v6.7', 'v6.8']);
  });

  it('says days and months in words', () => {
    expect(dateWords('2023-09-05')).toBe('5 September 2023');
    expect(dateWords('2025-06')).toBe('June 2025');
  });
});

describe('a lockstep of designs', () => {
  it('runs each on its own machine, or all on one', () => {
    expect(channelsFor([card('v6.6', '', 'eventfs-v6.6')], '', '')).toEqual([
      { kernel: 'eventfs-v6.6', design: 'v6.6' },
    ]);
    expect(channelsFor([card('v6.6', '', 'eventfs-v6.6')], 'small', '6.6')).toEqual([
      { kernel: 'small', design: 'v6.6', vfs: '6.6' },
    ]);
    expect(MAX_DESIGNS).toBe(4);
  });
});
