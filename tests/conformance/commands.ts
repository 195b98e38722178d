/** Random command lists for the property tests: what a shell could do to a small tracefs, and how to clean up after it. */
import fc from 'fast-check';
import { O } from '../../src/kernel/syscalls.ts';
import { type Outcome, type Program, TRACEFS } from './program.ts';

export type Command =
  | { readonly do: 'open'; readonly path: string; readonly flags: number }
  /** `nth` counts among the descriptors then open, modulo their number. */
  | { readonly do: 'close' | 'getdents' | 'rewind' | 'read'; readonly nth: number }
  | { readonly do: 'getdentsSome'; readonly nth: number; readonly entries: number }
  | { readonly do: 'openat'; readonly nth: number; readonly name: string }
  | { readonly do: 'stat' | 'mkdir' | 'rmdir' | 'chdir' | 'list' | 'cat'; readonly path: string }
  | { readonly do: 'chmod'; readonly path: string; readonly mode: number }
  | { readonly do: 'chown'; readonly path: string; readonly uid: number }
  | { readonly do: 'enable'; readonly path: string; readonly on: boolean }
  | { readonly do: 'kprobe'; readonly text: string }
  | { readonly do: 'remount'; readonly gid: number }
  | { readonly do: 'drop' };

const INSTANCES = ['instances/a', 'instances/b'];
const TOPS = ['', ...INSTANCES.map((instance) => `${instance}/`)];
const EVENT_FILES = ['enable', 'id', 'format', 'filter', 'trigger', 'hist'];
const PROBES = ['grp/ev1', 'grp/ev2', 'alone/ev'];
const EVENTS = [
  'events/sched/sched_switch',
  'events/irq/irq_handler_entry',
  ...PROBES.map((probe) => `events/${probe}`),
];

const among = <T>(values: readonly T[]) => fc.constantFrom(...values);
/** Most often in the top directory or in the instance that every list starts with. */
const top = fc.oneof(
  { weight: 3, arbitrary: fc.constant(TOPS[0]) },
  { weight: 3, arbitrary: fc.constant(TOPS[1]) },
  { weight: 1, arbitrary: fc.constant(TOPS[2]) },
);
const below = (paths: readonly string[]) => fc.tuple(top, among(paths)).map(([prefix, path]) => prefix + path);
const nth = fc.nat(7);

const directory = fc.oneof(
  below(['events', 'events/sched', 'events/irq', 'events/grp', 'events/ftrace', ...EVENTS]),
  below(['per_cpu', 'options', 'instances', 'events/nosuch']),
  among(INSTANCES),
);
const file = fc.oneof(
  fc.tuple(below(EVENTS), among(EVENT_FILES)).map(([event, name]) => `${event}/${name}`),
  below(['events/enable', 'events/header_page', 'events/sched/filter', 'events/ftrace/function/format']),
  below(['trace', 'tracing_on', 'per_cpu/cpu0/stats', 'options/overwrite', 'events/sched/sched_switch/nosuch']),
);
const enable = below(['events/enable', 'events/sched/enable', ...EVENTS.map((event) => `${event}/enable`)]);
const kprobe = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.tuple(among(PROBES), among(['vfs_read', 'vfs_write'])).map(([probe, at]) => `p:${probe} ${at}`),
  },
  { weight: 1, arbitrary: among(PROBES).map((probe) => `-:${probe}`) },
);

/** Weighted towards holding something open while something else is removed: there the designs differ. */
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('open' as const), path: directory, flags: among([O.DIRECTORY, O.PATH]) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('open' as const), path: file, flags: among([O.RDONLY, O.PATH]) }),
  },
  { weight: 6, arbitrary: fc.record({ do: among(['close', 'getdents', 'rewind', 'read'] as const), nth }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('getdentsSome' as const), nth, entries: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('openat' as const), nth, name: among(['enable', 'ev1', 'nosuch']) }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('stat' as const), path: fc.oneof(file, directory) }) },
  { weight: 6, arbitrary: fc.record({ do: among(['mkdir', 'rmdir'] as const), path: among(INSTANCES) }) },
  { weight: 1, arbitrary: fc.record({ do: among(['mkdir', 'rmdir'] as const), path: directory }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('chdir' as const), path: directory }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('list' as const), path: directory }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cat' as const), path: file }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('chmod' as const), path: file, mode: among([0o600, 0o440]) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('chown' as const), path: directory, uid: among([0, 7]) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('enable' as const), path: enable, on: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('kprobe' as const), text: kprobe }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remount' as const), gid: among([0, 77]) }) },
  { weight: 4, arbitrary: fc.constant({ do: 'drop' as const }) },
);

/** Every list starts with something that can be removed. */
const START: readonly Command[] = [
  { do: 'mkdir', path: 'instances/a' },
  { do: 'kprobe', text: 'p:grp/ev1 vfs_read' },
];
export const commandList = fc
  .array(command, { minLength: 1, maxLength: 60, size: 'max' })
  .map((commands) => [...START, ...commands]);

const at = (path: string): string => `${TRACEFS}/${path}`;

/** Runs commands as one task and knows what is open. Errors are part of life: most random commands fail. */
export class Runner {
  readonly program: Program;
  readonly #open: string[] = [];
  #opened = 0;

  constructor(program: Program) {
    this.program = program;
  }

  run(command: Command): Outcome | undefined {
    const { program } = this;
    switch (command.do) {
      case 'open': {
        const name = `fd${this.#opened++}`;
        const outcome = program.open(at(command.path), command.flags, name);
        if (outcome.ok) this.#open.push(name);
        return outcome;
      }
      case 'close': {
        const [name] = this.#open.splice(this.#index(command.nth), 1);
        return name === undefined ? undefined : program.close(name);
      }
      case 'getdents':
        return this.#with(command.nth, (fd) => program.getdents(fd));
      case 'getdentsSome':
        return this.#with(command.nth, (fd) => program.getdentsOnce(fd, command.entries));
      case 'rewind':
        return this.#with(command.nth, (fd) => program.seek0(fd));
      case 'read':
        return this.#with(command.nth, (fd) => program.read(fd, 100));
      case 'openat':
        return this.#with(command.nth, (fd) => program.openat(fd, command.name));
      case 'stat':
        return program.stat(at(command.path));
      case 'mkdir':
      case 'rmdir':
      case 'chdir':
        return program.call(command.do, at(command.path));
      case 'list':
        return program.list(at(command.path), true);
      case 'cat':
        return program.cat(at(command.path));
      case 'chmod':
        return program.chmod(at(command.path), command.mode);
      case 'chown':
        return program.chown(at(command.path), command.uid, command.uid);
      case 'enable':
        return program.echo(command.on ? '1' : '0', at(command.path), 0);
      case 'kprobe':
        return program.echo(command.text, at('kprobe_events'), O.APPEND);
      case 'remount':
        return program.remount({ gid: command.gid });
      case 'drop':
        return program.dropCaches(1);
    }
  }

  /** Closes everything and removes what was made; reclaiming is the caller's. */
  cleanUp(): void {
    const { program } = this;
    program.call('chdir', '/');
    for (const name of this.#open.splice(0)) program.close(name);
    for (const top of TOPS) program.echo('0', at(`${top}events/enable`), 0);
    for (const instance of INSTANCES) program.call('rmdir', at(instance));
    program.echo('', at('kprobe_events'), O.TRUNC);
  }

  #index(nth: number): number {
    return this.#open.length === 0 ? 0 : nth % this.#open.length;
  }

  #with(nth: number, act: (fd: string) => Outcome): Outcome | undefined {
    const name = this.#open[this.#index(nth)];
    return name === undefined ? undefined : act(name);
  }
}
