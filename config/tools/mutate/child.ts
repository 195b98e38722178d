/** The parent's side of runner.ts: a mutant that never ends takes the process with it, and another one is started. */
import { type ChildProcess, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Answer, Request } from './runner.ts';
import { copyTree, removeTree } from './tree.ts';

/** What a mutant that only ever takes more memory may take. In MB. */
const HEAP = 3000;

export class TestProcess {
  readonly #folder: string;
  #child: ChildProcess | undefined;
  /** Written since the last run. */
  #changed: string[] = [];

  constructor(index: number) {
    this.#folder = copyTree(index);
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.#folder, file), text);
    this.#changed.push(file);
  }

  /** The first test that failed, or undefined. */
  async run(tests: readonly string[]): Promise<string | undefined> {
    const child = this.#child ?? this.#start();
    const request: Request = { changed: this.#changed, tests };
    this.#changed = [];
    const failed = await new Promise<string | undefined>((done) => {
      const end = (why: string | undefined): void => {
        child.removeAllListeners();
        done(why);
      };
      child.once('message', (answer: Answer) => end(answer.failed));
      child.once('exit', (code, signal) => end(`the tests ended with ${code ?? signal}`));
      child.send(request);
    });
    // Whatever made it fail may have left it looping, or is the end of the process itself.
    if (failed !== undefined && !failed.includes(' › ')) this.#kill();
    return failed;
  }

  stop(): void {
    this.#kill();
    removeTree(this.#folder);
  }

  #kill(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  #start(): ChildProcess {
    const script = resolve('config', 'tools', 'mutate', 'runner.ts');
    const execArgv = ['--import', import.meta.resolve('tsx'), `--max-old-space-size=${HEAP}`];
    this.#child = fork(script, { cwd: this.#folder, execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    return this.#child;
  }
}
