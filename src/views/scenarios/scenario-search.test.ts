import { describe, expect, it } from 'vitest';
import type { ShippedScenario } from '../../state/library.ts';
import { directoriesIn, scenarioConfig } from '../parts/run-scenario.ts';
import { captionAt, scenarioOf } from '../parts/shown-scenario.ts';
import { findScenarios } from './scenario-search.ts';

const scenario = (bug: string, title: string, design: string): ShippedScenario => ({
  ...{ file: `bugs/${bug}.sh`, bug, title, design, also: [], fixed: 'v6.6', vfs: '6.6', symptom: '' },
  ...{ expected: [], commits: [], notes: [], text: '' },
  config: {
    channels: [
      { kernel: 'small', design, vfs: '6.6' },
      { kernel: 'small', design: 'v6.6', vfs: '6.6' },
    ],
    cpus: 2,
    userland: 'coreutils',
  },
  acts: [
    { text: 'ls', caption: 'first' },
    { text: 'pwd', caption: '' },
    { text: 'cd events', caption: 'third' },
  ],
});
const ALL = [
  scenario('B1', 'Close puts references that open never took', 'v6.6-rc2'),
  scenario('B13', 'Two getdents', 'v6.8-merge'),
];
const log = (...commands: string[]) => ['boot', ...commands].map((command) => ({ command }));

describe('the list of scenarios', () => {
  it('is searched by number, by words and by design', () => {
    const found = (text: string) => findScenarios(ALL, text).map(({ bug }) => bug);
    expect(found('')).toEqual(['B1', 'B13']);
    expect(found('b1')).toEqual(['B1']);
    expect(found('GETDENTS merge')).toEqual(['B13']);
    expect(found('references v6.8')).toEqual([]);
  });
});

describe('a scenario', () => {
  it('is known by its kernels and its commands, also before its end and after it', () => {
    const on = (design: string, ...commands: string[]) => scenarioOf(ALL, [{ design }], log(...commands))?.bug;
    expect(on('v6.6-rc2', 'ls')).toBe('B1');
    expect(on('v6.8-merge', 'ls', 'pwd', 'cd events', 'ls -l')).toBe('B13');
    expect(on('v6.6-rc2', 'ls', 'cat trace')).toBeUndefined();
    expect(on('v6.6-rc2')).toBeUndefined();
    expect(on('v6.5', 'ls')).toBeUndefined();
  });

  it('says what the commands at a position are about', () => {
    expect([1, 2, 3, 4].map((position) => captionAt(ALL[0], position))).toEqual(['first', 'first', 'third', 'third']);
  });

  it('opens the rows of what it speaks of', () => {
    expect([
      ...new Set(directoriesIn("stat events/kprobes/kp1/enable; echo 'p:kprobes/kp1 vfs_read' >> kprobe_events")),
    ]).toEqual(['events', 'events/kprobes', 'events/kprobes/kp1']);
  });

  it('runs with another VFS, machine or design where asked for', () => {
    const { channels } = scenarioConfig(ALL[0], { design: 'v6.7', vfs: '6.6.144' });
    expect(channels).toEqual([
      { kernel: 'small', design: 'v6.7', vfs: '6.6.144' },
      { kernel: 'small', design: 'v6.6', vfs: '6.6.144' },
    ]);
  });
});
