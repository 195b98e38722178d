/** Runs a script on a kernel to its end, as a test or the replay of a log does. */
import type { KernelApi } from '../../kernel/api.ts';
import type { CommandResult } from '../command-result.ts';
import { parseScript } from '../parse.ts';
import type { Hooks, Userland } from '../run/context.ts';
import { Shell } from '../shell.ts';

export interface ScriptRun {
  readonly shell: Shell;
  readonly results: readonly CommandResult[];
  /** Of all commands together. */
  readonly stdout: string;
  readonly stderr: string;
  /** Of the last command. */
  readonly status: number;
  readonly errno: string;
}

export interface RunConfig {
  readonly userland?: Userland;
  readonly shell?: Shell;
  readonly hooks?: Hooks;
}

export function runScript(kernel: KernelApi, script: string, config: RunConfig = {}): ScriptRun {
  const shell = config.shell ?? new Shell(kernel, { userland: config.userland ?? 'coreutils' });
  const parsed = parseScript(script, { functions: shell.functions });
  if (!parsed.ok) throw new Error(`${parsed.error.line}:${parsed.error.column}: ${parsed.error.message}`);
  const results: CommandResult[] = [];
  for (const command of parsed.value.commands) {
    const result = kernel.scheduler.complete(shell.task, shell.run(command, config.hooks));
    results.push(result);
    if (result.exited) break;
  }
  const last = results.at(-1);
  return {
    shell,
    results,
    stdout: results.map((result) => result.stdout).join(''),
    stderr: results.map((result) => result.stderr).join(''),
    status: last?.status ?? 0,
    errno: last?.errno ?? '',
  };
}
