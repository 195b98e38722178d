/**
 * An engine of a few commands for tests of the page, never shipped. It follows the protocol (epochs, log, undo by running
 * the log again, progress, refusals) over the small file system of fake-tree.ts; its counts are invented.
 */
import type {
  ChannelInfo,
  ChannelResult,
  EngineApi,
  EngineConfig,
  Frame,
  LogEntry,
  OpenFile,
  Progress,
  Reading,
  RunOutcome,
  TreeRequest,
  TreeRow,
} from '../../engine/protocol.ts';
import { countNodes, eventDir, type FakeNode, fakeWindow, find, instanceDir, rootDir } from './fake-tree.ts';

interface State {
  readonly root: FakeNode;
  readonly log: LogEntry[];
  readonly counts: (readonly [a: number, b: number])[];
  readonly open: OpenFile[];
  readonly dynamic: string[];
  readonly marks: Map<string, TreeRow['mark']>;
}

const CHANNELS: readonly ChannelInfo[] = [
  {
    letter: 'A',
    kernel: 'linux-6.1.0-56-amd64',
    title: 'Linux 6.1',
    release: '6.1.0-56-amd64',
    design: 'native',
    designTitle: 'native',
    vfs: '6.1',
    events: 1336,
    entries: 9555,
    provenance: 'invented for tests',
  },
  {
    letter: 'B',
    kernel: 'linux-6.12.117-amd64',
    title: 'Linux 6.12',
    release: '6.12.117+deb12-amd64',
    design: 'eventfs-v6.12',
    designTitle: 'eventfs v6.12',
    vfs: '6.12',
    events: 1494,
    entries: 10714,
    provenance: 'invented for tests',
  },
];
const BOOT: readonly [number, number] = [10_447, 953];
/** What one node of an instance stands for: so that figures have four digits. */
const WEIGHT: readonly [number, number] = [109, 1];

const counters = (n: number) => ({ nrDentry: n, nrUnused: 2, nrNegative: 0, nrInodes: n + 21 });
const change = (n: number) => ({ nrDentry: n, nrUnused: 0, nrNegative: 0, nrInodes: n, slabBytes: n * 908 });
const failure = (errno: string, stderr: string): Partial<ChannelResult> => ({
  status: 1,
  errno,
  stderr: `${stderr}\n`,
});

function boot(): State {
  const results = [0, 1].map(() => ({
    status: 0,
    errno: '',
    stdout: '',
    stderr: '',
    change: change(0),
    oopses: [],
    breaches: [],
    notReached: [],
  }));
  return {
    root: rootDir(),
    log: [{ index: 0, command: 'boot', label: 'boot', results, sentence: 'Linux 6.1 and Linux 6.12 are booted.' }],
    counts: [BOOT],
    open: [],
    dynamic: [],
    marks: new Map(),
  };
}

const isBusy = (node: FakeNode): boolean => node.fds.length > 0 || node.children.some(isBusy);
const forget = (node: FakeNode): number => {
  const freed = node.cached && !isBusy(node) ? 1 : 0;
  if (freed) node.cached = false;
  return freed + node.children.reduce((sum, child) => sum + forget(child), 0);
};

/** Runs one simple command; answers what changed per kernel and what it printed. Undefined: not a command of ours. */
function step(
  state: State,
  words: readonly string[],
  line: string,
): readonly [number, number, Partial<ChannelResult>] | undefined {
  const [name, ...args] = words;
  const path = args[args.length - 1] ?? '';
  const node = find(state.root, path);
  const here = path.replace(/^.*\//, '');
  const instances = state.root.children[1];
  switch (name) {
    case 'mkdir': {
      if (here.length > 255)
        return [0, 0, failure('ENAMETOOLONG', `mkdir: cannot create directory '${path}': File name too long`)];
      if (node !== undefined) return [0, 0, failure('EEXIST', `mkdir: cannot create directory '${path}': File exists`)];
      const made = instanceDir(here);
      instances.children.push(made);
      state.marks.set(path, 'new');
      return [countNodes(made) * WEIGHT[0], countNodes(made) * WEIGHT[1], {}];
    }
    case 'rmdir': {
      if (node === undefined)
        return [0, 0, failure('ENOENT', `rmdir: failed to remove '${path}': No such file or directory`)];
      if (isBusy(node)) return [0, 0, failure('EBUSY', `rmdir: failed to remove '${path}': Device or resource busy`)];
      instances.children.splice(instances.children.indexOf(node), 1);
      return [-countNodes(node) * WEIGHT[0], -countNodes(node) * WEIGHT[1], {}];
    }
    case 'exec': {
      const closing = /^exec (\d+)<&-$/.exec(line);
      const fd = Number(/\d+/.exec(line)?.[0]);
      if (closing) {
        const at = state.open.findIndex((file) => file.fd === fd);
        const held = at < 0 ? undefined : find(state.root, state.open[at].path);
        if (held) held.fds = held.fds.filter((n) => n !== fd);
        if (held) held.cached = true;
        if (at >= 0) state.open.splice(at, 1);
        return [0, 0, {}];
      }
      if (node === undefined) return [0, 0, failure('ENOENT', `sh: ${path}: No such file or directory`)];
      node.fds = [...node.fds, fd];
      state.open.push({
        fd,
        path,
        channels: [
          { open: true, errno: '' },
          { open: true, errno: '' },
        ],
      });
      return [0, node.cached ? 0 : 1, {}];
    }
    case 'cat':
      if (node === undefined) return [0, 0, failure('ENOENT', `cat: ${path}: No such file or directory`)];
      if (node.kind === 'dir') return [0, 0, failure('EISDIR', `cat: ${path}: Is a directory`)];
      node.cached = true;
      return [0, 1, { stdout: '1\n' }];
    case 'ls':
      return [0, 0, { stdout: `${(node ?? state.root).children.map((child) => child.name).join('\n')}\n` }];
    case 'echo': {
      if (path.endsWith('drop_caches')) {
        const freed = forget(state.root);
        return [0, -freed, {}];
      }
      if (path.endsWith('kprobe_events')) {
        const [, sign, group, event] = /'(p|-):(\w+)\/(\w+)/.exec(line) ?? [];
        let dir = find(state.root, `events/${group}`);
        if (dir === undefined) {
          dir = { name: group, kind: 'dir', children: [], cached: false, fds: [] };
          state.root.children[0].children.push(dir);
        }
        const at = dir.children.findIndex((child) => child.name === event);
        if (sign === 'p') dir.children.push(eventDir(event));
        else if (at >= 0) dir.children.splice(at, 1);
        if (sign === 'p') state.dynamic.push(`${group}/${event}`);
        else state.dynamic.splice(state.dynamic.indexOf(`${group}/${event}`), 1);
        return [sign === 'p' ? 6 : -6, 0, {}];
      }
      return [0, 0, {}];
    }
    case 'throw':
      throw new Error('the fake engine was told to stop');
    case 'pwd':
      return [0, 0, { stdout: '/sys/kernel/tracing\n' }];
    default:
      return undefined;
  }
}

const wordsOf = (line: string): string[] =>
  [...line.replaceAll(/[<>]+/g, ' ').matchAll(/'[^']*'|\S+/g)].map(([word]) => word.replaceAll("'", ''));

function execute(state: State, command: string): boolean {
  state.marks.clear();
  const loop = /^for (\w+) in \$\(seq (\d+) (\d+)\); do (.*); done$/.exec(command);
  const lines = loop
    ? Array.from({ length: Number(loop[3]) - Number(loop[2]) + 1 }, (_, i) =>
        loop[4].replace(`$${loop[1]}`, String(Number(loop[2]) + i)),
      )
    : command.split('\n');
  let a = 0;
  let b = 0;
  let result: Partial<ChannelResult> = {};
  for (const line of lines) {
    const done = step(state, wordsOf(line), line);
    if (done === undefined) return false;
    a += done[0];
    b += done[1];
    result = done[2];
  }
  const index = state.log.length;
  const results = [a, b].map((n) => ({
    status: 0,
    errno: '',
    stdout: '',
    stderr: '',
    oopses: [],
    breaches: [],
    notReached: [],
    ...result,
    change: change(n),
  }));
  const sentence = result.errno
    ? `${command} failed: ${result.stderr?.trim()}`
    : `${command} made ${a} dentries on A, ${b} on B.`;
  state.log.push({ index, command, label: command, results, sentence });
  const last = state.counts[state.counts.length - 1];
  state.counts.push([last[0] + a, last[1] + b]);
  return true;
}

export interface FakeOptions {
  /** Milliseconds that a command takes, with progress in between. */
  readonly delay?: number;
}

export function createFakeEngine({ delay = 0 }: FakeOptions = {}): EngineApi {
  let epoch = 0;
  let state = boot();
  let position = 0;
  let cancelled = false;
  let tree: TreeRequest = { firstRow: 0, rowCount: 50, expanded: [], nameFilter: '', stateFilter: [] };

  const series = (channel: 0 | 1) => {
    const dentries = Float64Array.from(state.counts, (c) => c[channel]);
    return { dentries, inodes: dentries.map((n) => n + 21), unused: dentries.map((_, i) => 2 + ((i * 7) % 5)) };
  };
  const reading = (channel: 0 | 1): Reading => {
    const n = state.counts[position][channel];
    const before = state.counts[Math.max(0, position - 1)][channel];
    return { ...counters(n), slabBytes: n * 908 + 9_000_000, change: change(n - before), broken: undefined };
  };
  const memoryOf = (instance: string, nodes: number) =>
    ([0, 1] as const).map((channel) => {
      const n = nodes * WEIGHT[channel];
      const objects = channel === 0 ? [n, n, 0, 1336, 12] : [n, n, 1600, 1494, 12];
      const sizes = [192, 640, 96, 104, 512];
      return {
        instance,
        channel,
        objects,
        bytes: objects.map((count, i) => count * sizes[i]),
        ringBufferBytes: 2_883_584,
      };
    });
  const frame = (): Frame => ({
    epoch: ++epoch,
    position,
    channels: CHANNELS,
    readings: [reading(0), reading(1)],
    log: [...state.log],
    series: [series(0), series(1)],
    tree: fakeWindow(state.root, tree, state.marks),
    memory: {
      instances: [
        ...memoryOf('', 88),
        ...state.root.children[1].children.flatMap((i) => memoryOf(i.name, countNodes(i))),
      ],
      notFilled: [180_224, 98_304],
    },
    openFiles: [...state.open],
    nextFd: [3, 4, 5, 6, 7, 8, 9].find((fd) => state.open.every((file) => file.fd !== fd)) ?? 10,
    cwd: '/sys/kernel/tracing',
    instances: state.root.children[1].children.map((child) => child.name),
    dynamicEvents: [...state.dynamic],
  });
  const done = (): RunOutcome => ({ kind: 'done', frame: frame() });
  const replay = (log: readonly string[]): void => {
    state = boot();
    for (const command of log) execute(state, command);
    position = state.log.length - 1;
  };
  const wait = async (command: string, onProgress: (p: Progress) => void): Promise<boolean> => {
    cancelled = false;
    for (let at = 0; at < delay && !cancelled; at += 50) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      onProgress({ command, channel: 0, done: at + 50, total: delay, elapsedMs: at + 50 });
    }
    return !cancelled;
  };
  const commands = (): string[] => state.log.slice(1).map((entry) => entry.command);

  return {
    boot: async (_config: EngineConfig, log, request, onProgress) => {
      tree = request;
      if (!(await wait('boot', onProgress))) return { kind: 'cancelled', frame: frame() };
      replay(log);
      return done();
    },
    run: async (command, onProgress) => {
      if (!(await wait(command, onProgress))) return { kind: 'cancelled', frame: frame() };
      if (!execute(state, command)) {
        const problem = { code: 'unknownCommand', message: `sh: ${command}: command not found`, line: 1, column: 1 };
        return { kind: 'refused', problem, frame: frame() };
      }
      position = state.log.length - 1;
      return done();
    },
    trace: () => Promise.resolve({ tasks: [], steps: [], sources: {}, notReached: [], truncated: false }),
    peek: (request) => Promise.resolve({ ...frame().tree, firstRow: request.tree.firstRow }),
    undo: () => {
      replay(commands().slice(0, -1));
      return Promise.resolve(done());
    },
    reset: () => {
      replay([]);
      return Promise.resolve(done());
    },
    seek: (to) => {
      position = to;
      return Promise.resolve(done());
    },
    view: (request) => {
      tree = request;
      return Promise.resolve(frame());
    },
    objects: (request) => {
      const n =
        request.command === undefined ? 0 : change(state.counts[request.command][request.channel as 0 | 1]).nrDentry;
      return Promise.resolve({ epoch, total: 0, sum: n, groups: [] });
    },
    node: (path) => Promise.resolve({ path, channels: [] }),
    cancel: () => {
      cancelled = true;
    },
    ping: () => Promise.resolve(epoch),
  };
}
