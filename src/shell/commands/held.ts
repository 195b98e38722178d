/**
 * Helpers on held descriptors, which no stock shell has: `getdents`, `rewind`, `openat`, `opath`. Each is one system call,
 * so that recorded steps that no plain command makes can be written as a script. prelude.ts has what of them a real root
 * shell can do.
 */
import { ERRNO_TEXT, type Errno } from '../../kernel/errno.ts';
import type { Step } from '../../kernel/sched/step.ts';
import { type Dirent, O, type SysResult } from '../../kernel/syscalls.ts';
import { freeDescriptor, putOpened } from '../io/descriptors.ts';
import type { Process, ShellCommand } from './command.ts';
import { complain } from './messages.ts';

const WRONG_USAGE = 2;
const isNumber = (word: string | undefined): word is string => word !== undefined && /^\d+$/.test(word);

function* usage({ command, err }: Process): Generator<Step, number> {
  yield* err.write(`${command.name}: usage: ${command.synopsis}\n`);
  return WRONG_USAGE;
}

function* refused(process: Process, what: string, errno: Errno): Generator<Step, number> {
  yield* complain(process, `${what}: ${ERRNO_TEXT[errno]}`);
  return 1;
}

export const getdents: ShellCommand = {
  name: 'getdents',
  synopsis: 'getdents N [ENTRIES]',
  kind: 'helper',
  calls: {
    coreutils: 'getdents to the end with a buffer of 32,768 bytes; with ENTRIES one getdents with room for so many',
    bare: 'the same',
  },
  *run(process, [fd, entries]) {
    if (!isNumber(fd) || (entries !== undefined && !isNumber(entries))) return yield* usage(process);
    const read = yield* readEntries(process, Number(fd), entries === undefined ? undefined : Number(entries));
    if (!read.ok) return yield* refused(process, fd, read.errno);
    for (const { name } of read.value) yield* process.out.write(`${name}\n`);
    return 0;
  },
};

/** Unlike readdir(3), an ENOENT of a removed directory is shown. */
function* readEntries(
  { calls }: Process,
  fd: number,
  entries: number | undefined,
): Generator<Step, SysResult<readonly Dirent[]>> {
  if (entries !== undefined) return yield* calls.getdents(fd, { entries });
  const list: Dirent[] = [];
  for (;;) {
    const chunk = yield* calls.getdents(fd, { bytes: 32_768 });
    if (!chunk.ok) return chunk;
    if (chunk.value.length === 0) return { ok: true, value: list };
    for (const entry of chunk.value) list.push(entry);
  }
}

export const rewind: ShellCommand = {
  name: 'rewind',
  synopsis: 'rewind N',
  kind: 'helper',
  calls: { coreutils: 'lseek to 0', bare: 'the same' },
  *run(process, [fd]) {
    if (!isNumber(fd)) return yield* usage(process);
    const moved = yield* process.calls.lseek(Number(fd), 0);
    return moved.ok ? 0 : yield* refused(process, fd, moved.errno);
  },
};

export const openat: ShellCommand = {
  name: 'openat',
  synopsis: 'openat N NAME',
  kind: 'helper',
  calls: { coreutils: 'openat (O_RDONLY); the descriptor is held and printed', bare: 'the same' },
  *run(process, [fd, name]) {
    if (!isNumber(fd) || name === undefined) return yield* usage(process);
    const opened = yield* process.calls.openat(Number(fd), name, O.RDONLY);
    if (!opened.ok) return yield* refused(process, name, opened.errno);
    const held = process.context.streams.has(opened.value) ? freeDescriptor(process.context, 3) : opened.value;
    yield* putOpened(process.context, held, opened.value);
    yield* process.out.write(`${held}\n`);
    return 0;
  },
};

export const opath: ShellCommand = {
  name: 'opath',
  synopsis: 'opath N PATH',
  kind: 'helper',
  calls: { coreutils: 'open (O_PATH), and dup2 and close if N is not the lowest free descriptor', bare: 'the same' },
  *run(process, [fd, path]) {
    if (!isNumber(fd) || path === undefined) return yield* usage(process);
    const opened = yield* process.calls.open(path, O.PATH);
    if (!opened.ok) return yield* refused(process, path, opened.errno);
    yield* putOpened(process.context, Number(fd), opened.value);
    return 0;
  },
};
