/** Kernels to measure on, and the few words the measurements are written in. Nothing that fails is measured. */
import { readFileSync } from 'node:fs';
import { parseMachine } from '../../src/importers/machine-file.ts';
import { boot, type Kernel } from '../../src/kernel/kernel.ts';
import type { Task } from '../../src/kernel/sched/task.ts';
import { O, type Sys, type Syscalls } from '../../src/kernel/syscalls.ts';
import { MOUNT } from '../../src/kernel/vfs/namei/path-init.ts';
import { parseScript } from '../../src/shell/parse.ts';
import { Shell } from '../../src/shell/shell.ts';

export const NATIVE = 'linux-6.1.0-56-amd64';
export const EVENTFS = 'linux-6.12.117-amd64';

export const machineText = (id: string): string => readFileSync(`public/kernels/${id}/machine.json`, 'utf8');

/** A kernel with one task that stands in the root of tracefs. */
export class Bed {
  readonly kernel: Kernel;
  readonly task: Task;
  #shell: Shell | undefined;

  constructor(machine: string, design?: string) {
    const parsed = parseMachine(machineText(machine));
    if (!parsed.ok) throw new Error(parsed.error.code);
    this.kernel = boot(parsed.value, design === undefined ? {} : { design });
    this.task = this.kernel.spawn('bench');
  }

  /** A system call to its end; what it left pending is done too. */
  call<T>(pick: (sys: Syscalls, task: Task) => Sys<T>): T {
    const result = this.kernel.scheduler.complete(this.task, pick(this.kernel.sys, this.task));
    if (!result.ok) throw new Error(result.errno);
    this.kernel.settle();
    return result.value;
  }

  mkdir(name: string): number {
    return this.call((sys, task) => sys.mkdir(task, `instances/${name}`));
  }

  rmdir(name: string): number {
    return this.call((sys, task) => sys.rmdir(task, `instances/${name}`));
  }

  /** Runs a line in a shell that stands in the root of tracefs. Returns how much it printed, in bytes. */
  sh(line: string): number {
    if (this.#shell === undefined) {
      this.#shell = new Shell(this.kernel, { userland: 'coreutils' });
      this.sh(`cd ${MOUNT}`);
    }
    const parsed = parseScript(line, { functions: new Set() });
    if (!parsed.ok) throw new Error(parsed.error.message);
    let printed = 0;
    for (const command of parsed.value.commands) {
      const { status, stdout } = this.kernel.scheduler.complete(this.#shell.task, this.#shell.run(command));
      if (status !== 0) throw new Error(`${line}: ${status}`);
      printed += stdout.length;
    }
    this.kernel.settle();
    return printed;
  }

  /** Everything below a directory, parents first. */
  *tree(directory: string): Generator<{ readonly path: string; readonly isDir: boolean }, void, void> {
    const fd = this.call((sys, task) => sys.open(task, directory, O.RDONLY | O.DIRECTORY));
    for (let entries = this.#dirents(fd); entries.length > 0; entries = this.#dirents(fd)) {
      for (const { name, type } of entries) {
        if (name === '.' || name === '..') continue;
        const path = `${directory}/${name}`;
        yield { path, isDir: type === 'dir' };
        if (type === 'dir') yield* this.tree(path);
      }
    }
    this.call((sys, task) => sys.close(task, fd));
  }

  #dirents(fd: number) {
    return this.call((sys, task) => sys.getdents(task, fd));
  }
}
