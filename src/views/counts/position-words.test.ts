import { describe, expect, it } from 'vitest';
import { CHANNELS, fakeFrame } from '../testing/fake-frame.ts';
import { changeAt, chartName, figureAt, speakPosition } from './position-words.ts';

const frame = fakeFrame({ commands: ['mkdir instances/i1'] });
const lines = CHANNELS.map((info, channel) => ({ channel, info, series: frame.series[channel] }));

describe('words of the Counts panel', () => {
  it('names the chart by what is in it', () => {
    expect(chartName(13)).toBe('Counts, 3 charts, 12 commands');
    expect(chartName(2)).toBe('Counts, 3 charts, 1 command');
    expect(chartName(1)).toBe('Counts, 3 charts, 0 commands');
  });

  it('has no change at boot', () => {
    expect(changeAt(Float64Array.of(5, 9), 0)).toBeUndefined();
    expect(changeAt(Float64Array.of(5, 9), 1)).toBe(4);
    expect(figureAt(Float64Array.of(10_447), 0)).toBe('10,447');
    expect(figureAt(Float64Array.of(10_447, 20_096), 1)).toBe('20,096 +9,649');
    expect(figureAt(Float64Array.of(5, 5), 1)).toBe('5 0');
  });

  it('says a position with all kernels and counts', () => {
    expect(speakPosition(1, frame.log[1], lines)).toBe(
      'command 1, mkdir instances/i1: ' +
        'dentries 20,096 on Linux 6.1, plus 9,649 and 1,039 on Linux 6.12, plus 86; ' +
        'inodes 20,117 on Linux 6.1, plus 9,649 and 1,064 on Linux 6.12, plus 86; ' +
        'unused 2 on Linux 6.1, no change and 2 on Linux 6.12, no change',
    );
    expect(speakPosition(0, frame.log[0], lines.slice(1))).toBe(
      'boot: dentries 953 on Linux 6.12; inodes 978 on Linux 6.12; unused 2 on Linux 6.12',
    );
  });
});
