/** Frames for tests of the views, with the figures of the wireframe in docs/visual-design.md. */
import type { ChannelInfo, Frame, HistoryFrame, InstanceMemory, LogEntry, Series } from '../../state/protocol.ts';

export const CHANNELS: readonly ChannelInfo[] = [
  {
    ...{ letter: 'A', kernel: 'linux-6.1.187-amd64', title: 'Linux 6.1', release: '6.1.0-187', design: 'native' },
    ...{ designTitle: 'native', vfs: '6.1', events: 1336, entries: 9641, provenance: 'made up' },
  },
  {
    ...{
      letter: 'B',
      kernel: 'linux-6.12.117-amd64',
      title: 'Linux 6.12',
      release: '6.12.117',
      design: 'eventfs-6.12',
    },
    ...{ designTitle: 'eventfs v6.12', vfs: '6.12', events: 1494, entries: 10714, provenance: 'made up' },
  },
];

const BOOT = { nrDentry: 0, nrUnused: 0, nrNegative: 0, nrInodes: 0, slabBytes: 0 };

export interface FakeOptions {
  readonly commands?: readonly string[];
  readonly instances?: readonly string[];
  /** Values after boot and each command, per kernel; made up where missing. */
  readonly series?: readonly Series[];
}

export function fakeFrame({ commands = [], instances = [], series }: FakeOptions = {}): Frame {
  return {
    epoch: commands.length,
    position: commands.length,
    history: fakeHistory(commands),
    channels: CHANNELS,
    readings: CHANNELS.map(() => ({ ...BOOT, change: BOOT, broken: undefined })),
    log: fakeLog(commands),
    series: series ?? fakeSeries(commands.length),
    memory: { instances: fakeMemory(instances), notFilled: [121_344, 86_016] },
    openFiles: [{ fd: 3, path: 'events/sched', channels: CHANNELS.map(() => ({ open: true, errno: '' })) }],
    nextFd: 4,
    cwd: '/sys/kernel/tracing',
    instances,
    dynamicEvents: [],
  };
}

function fakeLog(commands: readonly string[]): LogEntry[] {
  const result = {
    status: 0,
    errno: '',
    stdout: '',
    stderr: '',
    change: BOOT,
    oopses: [],
    breaches: [],
    notReached: [],
  };
  return ['boot', ...commands].map((command, index) => ({
    ...{ id: index, index, command, label: command, sentence: command },
    results: CHANNELS.map(() => result),
  }));
}

function fakeHistory(commands: readonly string[]): HistoryFrame {
  return {
    moments: commands.map((command, i) => ({ id: i + 1, parent: i, command, label: command })),
    lines: [0, ...commands.map((_, i) => i + 1)],
    ...{ line: commands.length, cursor: commands.length, canUndo: commands.length > 0, canRedo: false },
  };
}

/** The first command makes an instance, the second lists it, the third reclaims; then nothing much happens. */
function fakeSeries(commands: number): Series[] {
  const steps = [
    { dentries: [9649, 0, 0], inodes: [9649, 0, 0], unused: [0, 0, 0], start: [10_447, 10_468, 2] },
    { dentries: [86, 2450, -2380], inodes: [86, 2450, -2380], unused: [0, 2410, -2380], start: [953, 978, 2] },
  ];
  return steps.map(({ dentries, inodes, unused, start }) => {
    const run = (deltas: readonly number[], from: number) => {
      const values = new Float64Array(commands + 1);
      values[0] = from;
      for (let i = 1; i <= commands; i++) values[i] = values[i - 1] + (deltas[i - 1] ?? (i % 4) - 1.5);
      return values.map(Math.round);
    };
    return { dentries: run(dentries, start[0]), inodes: run(inodes, start[1]), unused: run(unused, start[2]) };
  });
}

/** Objects of one instance on 6.1 and 6.12, about as recorded. */
const OBJECTS = [
  [9649, 9649, 0, 1336, 30],
  [86, 86, 1611, 1494, 30],
];
const OBJECT_BYTES = [
  [192, 632, 0, 104, 256],
  [192, 680, 104, 96, 256],
];

function fakeMemory(instances: readonly string[]): InstanceMemory[] {
  return ['', ...instances].flatMap((instance) =>
    CHANNELS.map((_, channel) => ({
      ...{ instance, channel, objects: OBJECTS[channel], ringBufferBytes: 5_767_168 },
      bytes: OBJECTS[channel].map((count, i) => count * OBJECT_BYTES[channel][i]),
    })),
  );
}
