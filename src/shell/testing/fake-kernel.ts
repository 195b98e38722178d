/**
 * A kernel for tests of the shell: a plain file tree in memory that notes every system call, as `open events O_DIRECTORY`.
 * Nothing of dentries or designs; files take what is written to them.
 */
import type { KernelApi } from '../../kernel/api.ts';
import type { Errno } from '../../kernel/errno.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Cpu } from '../../kernel/sched/cpu.ts';
import { Scheduler } from '../../kernel/sched/scheduler.ts';
import type { Wait } from '../../kernel/sched/step.ts';
import type { Task } from '../../kernel/sched/task.ts';
import type { FileId, TaskId } from '../../kernel/sched/task-table.ts';
import { makeTask } from '../../kernel/sched/tasks.ts';
import { type Dirent, O, type Stat, type Sys, type Syscalls, type SysResult } from '../../kernel/syscalls.ts';
import { TRACEFS_ROOT } from '../commands/paths.ts';
import { addChild, drawnTree, type FakeNode, fakeNode } from './fake-tree.ts';

interface OpenFile {
  readonly node: FakeNode;
  readonly path: string;
  readonly flags: number;
  position: number;
}

/** The shell does not look at the machine. */
const MACHINE = { id: 'fake', title: 'Fake' } as Machine;

const FLAG_NAMES: readonly (readonly [number, string])[] = [
  [O.CREAT, 'O_CREAT'],
  [O.TRUNC, 'O_TRUNC'],
  [O.APPEND, 'O_APPEND'],
  [O.DIRECTORY, 'O_DIRECTORY'],
  [O.PATH, 'O_PATH'],
];

/** `O_WRONLY|O_CREAT`; '' for plain reading. */
function flagText(flags: number): string {
  const access = ['', 'O_WRONLY', 'O_RDWR'][flags & O.ACCMODE] ?? '';
  const names = FLAG_NAMES.flatMap(([bit, name]) => ((flags & bit) !== 0 ? [name] : []));
  return [access, ...names].filter((name) => name !== '').join('|');
}

const fail = (errno: Errno): SysResult<never> => ({ ok: false, errno });
const done = <T>(value: T): SysResult<T> => ({ ok: true, value });

export class FakeKernel implements KernelApi, Cpu {
  readonly machine = MACHINE;
  /** The calls so far, oldest first: those that look at paths or change something, and reads and writes. */
  readonly log: string[] = [];
  readonly root: FakeNode;
  readonly scheduler = new Scheduler(this);
  /** Locks of the test's own that somebody holds: Wait.object. */
  readonly locked = new Set<number>();
  current = makeTask(0 as TaskId, 'nobody');
  stepping = false;
  /** Errors to give instead of an answer, by logged call. */
  readonly refuse = new Map<string, Errno>();
  readonly #files = new Map<FileId, OpenFile>();
  readonly #directories = new Map<TaskId, FakeNode>();
  #nextFile = 1;
  #nextTask = 1;

  constructor(drawing: string) {
    this.root = drawnTree(drawing);
  }

  settle(): void {
    this.log.push('settle');
  }

  isReady({ object }: Wait): boolean {
    return !this.locked.has(object);
  }

  endGracePeriods(): number {
    return 0;
  }

  takeWork(): undefined {
    return undefined;
  }

  reportHung(): string {
    return 'a lock';
  }

  counters(): ReturnType<KernelApi['counters']> {
    return { nrDentry: 0, nrUnused: 0, nrNegative: 0, nrInodes: 0 };
  }

  slabs(): ReturnType<KernelApi['slabs']> {
    return {};
  }

  spawn(name: string): Task {
    const task = makeTask(this.#nextTask++ as TaskId, name);
    this.#directories.set(task.id, this.root);
    return task;
  }

  /** Number of open files that some descriptor still names. */
  openCount(tasks: readonly Task[]): number {
    return new Set(tasks.flatMap((task) => [...task.fds.values()])).size;
  }

  #find(task: Task, path: string, from?: FakeNode): FakeNode | Errno {
    const relative = path === TRACEFS_ROOT ? '/' : path.replace(`${TRACEFS_ROOT}/`, '/');
    if (path === '') return 'ENOENT';
    if (path.startsWith('/') && relative === path) return 'ENOENT';
    let node = path.startsWith('/') ? this.root : (from ?? this.#directories.get(task.id) ?? this.root);
    for (const part of relative.split('/')) {
      if (part === '') continue;
      if (node.type !== 'dir') return 'ENOTDIR';
      if (part === '.') continue;
      const next: FakeNode | undefined = part === '..' ? (node.parent ?? this.root) : node.children.get(part);
      if (next === undefined) return 'ENOENT';
      node = next;
    }
    return path.endsWith('/') && node.type !== 'dir' ? 'ENOTDIR' : node;
  }

  /** Splits off the last component, for calls that make or remove it. */
  #findParent(task: Task, path: string): { readonly parent: FakeNode; readonly name: string } | Errno {
    const trimmed = path.replace(/\/+$/, '');
    const slash = trimmed.lastIndexOf('/');
    const parent = this.#find(task, slash < 0 ? '.' : trimmed.slice(0, slash + 1));
    return typeof parent === 'string' ? parent : { parent, name: trimmed.slice(slash + 1) };
  }

  #file(task: Task, fd: number): OpenFile | undefined {
    const id = task.fds.get(fd);
    return id === undefined ? undefined : this.#files.get(id);
  }

  /** Notes a call and answers it, in one step. */
  *#call<T>(text: string, answer: () => SysResult<T>): Sys<T> {
    yield text;
    this.log.push(text);
    const errno = this.refuse.get(text);
    return errno === undefined ? answer() : fail(errno);
  }

  #statOf(node: FakeNode | Errno): SysResult<Stat> {
    if (typeof node === 'string') return fail(node);
    const { ino, type, mode, uid, gid, content, children } = node;
    const directories = [...children.values()].filter((child) => child.type === 'dir').length;
    const nlink = type === 'dir' ? 2 + directories : 1;
    return done({ ino, type, mode, nlink, uid, gid, size: content.length });
  }

  #openNode(task: Task, path: string, node: FakeNode | Errno, flags: number): SysResult<number> {
    if (typeof node === 'string') {
      const creates = node === 'ENOENT' && (flags & O.CREAT) !== 0 && typeof this.#findParent(task, path) !== 'string';
      return fail(creates ? 'EACCES' : node);
    }
    if ((flags & O.DIRECTORY) !== 0 && node.type !== 'dir') return fail('ENOTDIR');
    if (node.type === 'dir' && (flags & O.ACCMODE) !== 0) return fail('EISDIR');
    if ((flags & O.TRUNC) !== 0) node.content = '';
    let fd = 3;
    while (task.fds.has(fd)) fd++;
    const id = this.#nextFile++ as FileId;
    this.#files.set(id, { node, path, flags, position: 0 });
    task.fds.set(fd, id);
    return done(fd);
  }

  readonly sys: Syscalls = {
    open: (task, path, flags) =>
      this.#call(`open ${path} ${flagText(flags)}`.trim(), () =>
        this.#openNode(task, path, this.#find(task, path), flags),
      ),
    openat: (task, dirfd, path, flags) =>
      this.#call(`openat ${this.#file(task, dirfd)?.path ?? dirfd} ${path} ${flagText(flags)}`.trim(), () => {
        const directory = this.#file(task, dirfd);
        if (directory === undefined) return fail('EBADF');
        return this.#openNode(task, `${directory.path}/${path}`, this.#find(task, path, directory.node), flags);
      }),
    close: (task, fd) =>
      this.#call(`close ${this.#file(task, fd)?.path ?? fd}`, () => (task.fds.delete(fd) ? done(0) : fail('EBADF'))),
    dup2: (task, from, to) =>
      this.#call(`dup2 ${from} ${to}`, () => {
        const id = task.fds.get(from);
        if (id === undefined) return fail('EBADF');
        task.fds.set(to, id);
        return done(to);
      }),
    read: (task, fd, count) =>
      this.#call(`read ${this.#file(task, fd)?.path ?? fd}`, () => {
        const file = this.#file(task, fd);
        if (file === undefined) return fail('EBADF');
        if (file.node.type === 'dir') return fail('EISDIR');
        const data = file.node.content.slice(file.position, file.position + count);
        file.position += data.length;
        return done(data);
      }),
    pread: (task, fd, count, offset) =>
      this.#call(`pread ${this.#file(task, fd)?.path ?? fd} ${offset}`, () => {
        const file = this.#file(task, fd);
        return file === undefined ? fail('EBADF') : done(file.node.content.slice(offset, offset + count));
      }),
    write: (task, fd, data) =>
      this.#call(`write ${this.#file(task, fd)?.path ?? fd} ${JSON.stringify(data)}`, () => {
        const file = this.#file(task, fd);
        if (file === undefined) return fail('EBADF');
        const { node, flags } = file;
        if ((flags & O.APPEND) !== 0) file.position = node.content.length;
        node.content = node.content.slice(0, file.position) + data;
        file.position += data.length;
        return done(data.length);
      }),
    lseek: (task, fd, offset) =>
      this.#call(`lseek ${this.#file(task, fd)?.path ?? fd} ${offset}`, () => {
        const file = this.#file(task, fd);
        if (file === undefined) return fail('EBADF');
        file.position = offset;
        return done(offset);
      }),
    getdents: (task, fd, buffer) =>
      this.#call(`getdents ${this.#file(task, fd)?.path ?? fd}`, () => {
        const file = this.#file(task, fd);
        if (file === undefined) return fail('EBADF');
        if (file.node.type !== 'dir') return fail('ENOTDIR');
        const all = entriesOf(file.node);
        const part = all.slice(file.position, file.position + (buffer?.entries ?? all.length));
        file.position += part.length;
        return done(part);
      }),
    stat: (task, path) => this.#call(`stat ${path}`, () => this.#statOf(this.#find(task, path))),
    lstat: (task, path) => this.#call(`lstat ${path}`, () => this.#statOf(this.#find(task, path))),
    fstat: (task, fd) => this.#call(`fstat ${fd}`, () => this.#statOf(this.#file(task, fd)?.node ?? 'EBADF')),
    chmod: (task, path, mode) =>
      this.#call(`chmod ${path} ${mode.toString(8)}`, () => this.#change(this.#find(task, path), { mode })),
    chown: (task, path, uid, gid) =>
      this.#call(`chown ${path} ${uid} ${gid}`, () =>
        this.#change(this.#find(task, path), { ...(uid >= 0 ? { uid } : {}), ...(gid >= 0 ? { gid } : {}) }),
      ),
    mkdir: (task, path) =>
      this.#call(`mkdir ${path}`, () => {
        const found = this.#findParent(task, path);
        if (typeof found === 'string') return fail(found);
        if (found.parent.children.has(found.name)) return fail('EEXIST');
        addChild(found.parent, found.name, fakeNode('dir'));
        return done(0);
      }),
    rmdir: (task, path) =>
      this.#call(`rmdir ${path}`, () => {
        const found = this.#findParent(task, path);
        const node = typeof found === 'string' ? undefined : found.parent.children.get(found.name);
        if (typeof found === 'string' || node === undefined) return fail(typeof found === 'string' ? found : 'ENOENT');
        if (node.type !== 'dir') return fail('ENOTDIR');
        if (node.children.size > 0) return fail('ENOTEMPTY');
        found.parent.children.delete(found.name);
        return done(0);
      }),
    unlink: (_task, path) => this.#call(`unlink ${path}`, () => fail('EPERM')),
    rename: (_task, from, to) => this.#call(`rename ${from} ${to}`, () => fail('EPERM')),
    chdir: (task, path) =>
      this.#call(`chdir ${path}`, () => {
        const node = this.#find(task, path);
        if (typeof node === 'string') return fail(node);
        if (node.type !== 'dir') return fail('ENOTDIR');
        this.#directories.set(task.id, node);
        return done(0);
      }),
    getcwd: (task) =>
      this.#call('getcwd', () => done(TRACEFS_ROOT + pathOf(this.#directories.get(task.id) ?? this.root))),
    remount: (_task, options) =>
      this.#call(
        `remount ${Object.entries(options)
          .map(([name, value]) => `${name}=${value}`)
          .join(',')}`,
        () => done(0),
      ),
    fork: (task, name) =>
      this.#call('fork', () => {
        const child = this.spawn(name);
        for (const [fd, file] of task.fds) child.fds.set(fd, file);
        this.#directories.set(child.id, this.#directories.get(task.id) ?? this.root);
        return done(child);
      }),
    setuid: (task, uid, gid) =>
      this.#call(`setuid ${uid} ${gid}`, () => {
        Object.assign(task, { uid, gid });
        return done(0);
      }),
    exit: (task) =>
      this.#call('exit', () => {
        for (const fd of task.fds.keys()) task.fds.delete(fd);
        return done(0);
      }),
  };

  #change(node: FakeNode | Errno, by: { mode?: number; uid?: number; gid?: number }): SysResult<0> {
    if (typeof node === 'string') return fail(node);
    Object.assign(node, by);
    return done(0);
  }
}

/** "/events/sched"; '' for the root. */
function pathOf(node: FakeNode): string {
  const { parent } = node;
  if (parent === undefined) return '';
  const [name] = [...parent.children].find(([, child]) => child === node) ?? [''];
  return `${pathOf(parent)}/${name}`;
}

function entriesOf(node: FakeNode): Dirent[] {
  const dots: Dirent[] = [
    { name: '.', ino: node.ino, type: 'dir' },
    { name: '..', ino: node.parent?.ino ?? node.ino, type: 'dir' },
  ];
  return [...dots, ...[...node.children].map(([name, { ino, type }]) => ({ name, ino, type }))];
}
