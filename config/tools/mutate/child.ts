/** The parent's side of runner.ts: a mutant that never ends takes the process with it, and another one is started. */
import { type ChildProcess, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Answer, Request } from './runner.ts';
import { copyTree } from './tree.ts';

/** The time that is left to a run beyond ten times what the same tests take without a mutation: a busy machine. In ms. */
const GRACE = 30_000;
/** For a run nothing is known of. In ms. */
const NEVER_ENDS = 30 * 60_000;
const TIMED_OUT = 'it never ended';

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

  /** Tests → what they may take. In ms. */
  readonly #limits = new Map<string, number>();

  /** The first test that failed, or undefined. */
  run(tests: readonly string[]): Promise<string | undefined> {
    return this.#ask(tests, this.#limits.get(tests.join()) ?? NEVER_ENDS);
  }

  /** Runs tests on the tree as it is, where all of them must pass, to learn how long they take. Once for the same tests. */
  async learn(tests: readonly string[]): Promise<void> {
    if (this.#limits.has(tests.join())) return;
    const start = performance.now();
    const failed = await this.#ask(tests, NEVER_ENDS);
    if (failed !== undefined) throw new Error(`without any mutation: ${failed}`);
    this.#limits.set(tests.join(), GRACE + 10 * (performance.now() - start));
  }

  async #ask(tests: readonly string[], limit: number): Promise<string | undefined> {
    const child = this.#child ?? this.#start();
    const request: Request = { changed: this.#changed, tests };
    this.#changed = [];
    const failed = await new Promise<string | undefined>((done) => {
      const timer = setTimeout(() => done(TIMED_OUT), limit);
      const end = (why: string | undefined): void => {
        clearTimeout(timer);
        child.removeAllListeners();
        done(why);
      };
      child.once('message', (answer: Answer) => end(answer.failed));
      child.once('exit', (code) => end(`the tests ended with ${code}`));
      child.send(request);
    });
    if (failed === TIMED_OUT || child.exitCode !== null) this.stop();
    return failed;
  }

  stop(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  #start(): ChildProcess {
    const script = resolve('config', 'tools', 'mutate', 'runner.ts');
    const execArgv = ['--import', import.meta.resolve('tsx')];
    this.#child = fork(script, { cwd: this.#folder, execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    return this.#child;
  }
}
