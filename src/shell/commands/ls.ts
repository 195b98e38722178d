/**
 * `ls`. What GNU ls 9.1 does (strace, src/ls.c) and what the bare userland does differ in every form; both are in
 * docs/shell.md. In short: GNU looks at its arguments first, and with -l asks for extended attributes too, which tracefs
 * does not have; after the first such answer ls asks no more (errno_unsupported in gobble_file), so only the first file it
 * looks at is walked three times.
 */
import { ERRNO_TEXT, type Errno } from '../../kernel/errno.ts';
import type { Step } from '../../kernel/sched/step.ts';
import { type Dirent, O, type Stat, type SysResult } from '../../kernel/syscalls.ts';
import { quoteName } from '../text/gnu-quote.ts';
import type { Process, ShellCommand } from './command.ts';
import { formatList, type Listed, type ListFormat, sortListed } from './ls-format.ts';
import { complain } from './messages.ts';
import { onlyOptions, type ParsedOptions, parseOptions } from './options.ts';
import { join } from './paths.ts';

const OPTIONS = { flags: 'aAlRd1Uin' };

export const ls: ShellCommand = {
  name: 'ls',
  synopsis: 'ls [-a] [-A] [-l] [-R] [-d] [-1] [-U] [-i] [-n] [FILE]...',
  kind: 'program',
  calls: {
    coreutils:
      'stat of each argument, lstat too if it is no directory (-l, -d: lstat only); each directory: open, getdents to the end, close; -l: lstat of each entry as it is read, and two more walks of the first file of all, for extended attributes',
    bare: 'each directory: open, getdents to the end, close, with -l then lstat of each entry; no directory: lstat; -R: lstat first, and with -l lstat of each entry as it is read; -d: lstat',
  },
  unsupported: onlyOptions('ls', OPTIONS),
  *run(process, args) {
    const options = parseOptions('ls', OPTIONS, args);
    const listing = new Listing(process, options);
    yield* process.context.bare ? listing.bare(options.operands) : listing.gnu(options.operands);
    return listing.status;
  },
};

/** An argument that is a directory, to be listed. */
interface PendingDirectory {
  readonly path: string;
  readonly isArgument: boolean;
}

class Listing {
  status = 0;
  readonly #format: ListFormat;
  readonly #recursive: boolean;
  readonly #itself: boolean;
  #asksAttributes: boolean;
  #printed = false;

  readonly #process: Process;
  readonly #options: ParsedOptions;

  constructor(process: Process, options: ParsedOptions) {
    this.#process = process;
    this.#options = options;
    const long = options.has('l') || options.has('n');
    this.#format = { long, inode: options.has('i'), numeric: options.has('n'), sorted: !options.has('U') };
    this.#itself = options.has('d');
    this.#recursive = options.has('R') && !this.#itself;
    this.#asksAttributes = long && !process.context.bare;
  }

  *gnu(operands: readonly string[]): Generator<Step, void> {
    const files: Listed[] = [];
    const directories: string[] = [];
    if (operands.length === 0 && !this.#itself) directories.push('.');
    for (const path of operands.length === 0 && this.#itself ? ['.'] : operands) {
      const stat = yield* this.#look(path);
      if (!stat.ok) yield* this.#failed(`cannot access ${quoteName(path)}`, stat.errno, 2);
      else if (stat.value.type === 'dir' && !this.#itself) directories.push(path);
      else files.push({ name: path, ino: stat.value.ino, stat: stat.value });
    }
    yield* this.#print(sortListed(files, this.#format), undefined);
    const titled = operands.length > 1 || this.#recursive;
    yield* this.#listAll(this.#sortPaths(directories), titled);
  }

  /** What GNU ls asks of an argument. */
  *#look(path: string): Generator<Step, SysResult<Stat>> {
    const { calls } = this.#process;
    if (this.#itself || this.#format.long) {
      const stat = yield* calls.lstat(path);
      if (stat.ok) yield* this.#askAttributes(path);
      return stat;
    }
    const stat = yield* calls.stat(path);
    const again = stat.ok ? stat.value.type !== 'dir' : stat.errno === 'ENOENT';
    return again ? yield* calls.lstat(path) : stat;
  }

  /** lgetxattr security.selinux and getxattr system.posix_acl_access: two walks, answered with EOPNOTSUPP. */
  *#askAttributes(path: string): Generator<Step, void> {
    if (!this.#asksAttributes || !this.#format.long) return;
    this.#asksAttributes = false;
    const { note } = this.#process.calls;
    const before = note.last;
    yield* this.#process.calls.lstat(path);
    yield* this.#process.calls.stat(path);
    note.last = before;
  }

  #sortPaths(paths: readonly string[]): string[] {
    return sortListed(
      paths.map((name) => ({ name, ino: 0, stat: undefined })),
      this.#format,
    ).map((entry) => entry.name);
  }

  *#listAll(paths: readonly string[], titled: boolean): Generator<Step, void> {
    const pending: PendingDirectory[] = paths.map((path) => ({ path, isArgument: true })).reverse();
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const inside = yield* this.#listDirectory(next, titled);
      for (const path of inside.reverse()) pending.push({ path, isArgument: false });
    }
  }

  /** Lists one directory; gives back the directories in it that are to be listed next. */
  *#listDirectory({ path, isArgument }: PendingDirectory, titled: boolean): Generator<Step, string[]> {
    const { calls } = this.#process;
    const fd = yield* calls.open(path, O.DIRECTORY);
    if (!fd.ok) {
      yield* this.#failed(`cannot open directory ${quoteName(path)}`, fd.errno, isArgument ? 2 : 1);
      return [];
    }
    const list: Listed[] = [];
    const directories = new Set<string>();
    for (;;) {
      const chunk = yield* calls.readdir(fd.value);
      if (!chunk.ok) {
        yield* this.#failed(`reading directory ${quoteName(path)}`, chunk.errno, isArgument ? 2 : 1);
        break;
      }
      if (chunk.value.length === 0) break;
      for (const entry of chunk.value.filter((entry) => this.#isShown(entry))) {
        list.push(yield* this.#listEntry(path, entry));
        if (entry.type === 'dir' && entry.name !== '.' && entry.name !== '..') directories.add(entry.name);
      }
    }
    yield* calls.close(fd.value);
    const sorted = sortListed(list, this.#format);
    yield* this.#print(sorted, titled ? path : '');
    if (!this.#recursive) return [];
    return sorted.flatMap(({ name }) => (directories.has(name) ? [join(path, name)] : []));
  }

  *#listEntry(directory: string, { name, ino }: Dirent): Generator<Step, Listed> {
    if (!this.#format.long) return { name, ino, stat: undefined };
    const path = directory === '.' ? name : join(directory, name);
    const stat = yield* this.#process.calls.lstat(path);
    if (!stat.ok) {
      yield* this.#failed(`cannot access ${quoteName(path)}`, stat.errno, 1);
      return { name, ino, stat: 'failed' };
    }
    yield* this.#askAttributes(path);
    return { name, ino, stat: stat.value };
  }

  #isShown({ name }: Dirent): boolean {
    if (this.#options.has('a')) return true;
    return this.#options.has('A') ? name !== '.' && name !== '..' : !name.startsWith('.');
  }

  /** `title` undefined: files given as arguments. '': a directory without a title. */
  *#print(list: readonly Listed[], title: string | undefined): Generator<Step, void> {
    if (title === undefined && list.length === 0) return;
    let text = title === undefined || !this.#printed ? '' : '\n';
    if (title !== undefined && title !== '') text += `${title}:\n`;
    if (title !== undefined && this.#format.long) text += 'total 0\n';
    this.#printed = true;
    yield* this.#process.out.write(text + formatList(list, this.#format));
  }

  *#failed(what: string, errno: Errno, status: number): Generator<Step, void> {
    yield* complain(this.#process, `${what}: ${ERRNO_TEXT[errno]}`);
    this.status = Math.max(this.status, status);
  }

  *bare(operands: readonly string[]): Generator<Step, void> {
    const paths = operands.length === 0 ? ['.'] : operands;
    if (this.#itself || this.#recursive) yield* this.#bareFromLstat(paths, operands.length > 1 || this.#recursive);
    else yield* this.#bareFromOpen(paths);
  }

  /** -d and -R: lstat of each argument, then with -R its directories. */
  *#bareFromLstat(paths: readonly string[], titled: boolean): Generator<Step, void> {
    for (const path of this.#sortPaths(paths)) {
      const stat = yield* this.#process.calls.lstat(path);
      if (!stat.ok) yield* this.#failed(`cannot access ${quoteName(path)}`, stat.errno, 2);
      else if (stat.value.type === 'dir' && !this.#itself) yield* this.#listAll([path], titled);
      else yield* this.#print([{ name: path, ino: stat.value.ino, stat: stat.value }], undefined);
    }
  }

  /** Directories by opening them; what is none, by lstat. */
  *#bareFromOpen(paths: readonly string[]): Generator<Step, void> {
    const files: Listed[] = [];
    const directories: { path: string; list: Listed[] }[] = [];
    for (const path of paths) {
      const fd = yield* this.#process.calls.open(path, O.DIRECTORY);
      if (fd.ok) directories.push({ path, list: yield* this.#bareDirectory(path, fd.value) });
      else if (fd.errno !== 'ENOTDIR') yield* this.#failed(`cannot access ${quoteName(path)}`, fd.errno, 2);
      else {
        const stat = yield* this.#process.calls.lstat(path);
        if (stat.ok) files.push({ name: path, ino: stat.value.ino, stat: stat.value });
        else yield* this.#failed(`cannot access ${quoteName(path)}`, stat.errno, 2);
      }
    }
    yield* this.#print(sortListed(files, this.#format), undefined);
    for (const { path, list } of directories) {
      yield* this.#print(sortListed(list, this.#format), paths.length > 1 ? path : '');
    }
  }

  *#bareDirectory(path: string, fd: number): Generator<Step, Listed[]> {
    const { calls } = this.#process;
    const entries = yield* calls.readWholeDirectory(fd);
    yield* calls.close(fd);
    if (!entries.ok) {
      yield* this.#failed(`reading directory ${quoteName(path)}`, entries.errno, 2);
      return [];
    }
    const list: Listed[] = [];
    for (const entry of entries.value.filter((entry) => this.#isShown(entry)))
      list.push(yield* this.#listEntry(path, entry));
    return list;
  }
}
