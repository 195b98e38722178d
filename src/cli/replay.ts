/** `npm run replay`: runs a script on one machine without a browser and prints one JSON object per command. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Replay, ReplayProblem, whereOf } from '../engine/replay.ts';

const HELP = `usage: npm run -s replay -- --kernel KERNEL [options] SCRIPT

Runs SCRIPT (a file, or - for standard input) and prints one JSON object per top-level command. Counters start from the
recorded boot state of the kernel and count only what the model models: tracefs and what tracing allocates for it.

  --kernel ID        a recorded machine, a folder of public/kernels (linux-6.1.0-56-amd64, linux-6.12.117-amd64, …)
  --design ID        another design on that machine
  --vfs ID           the VFS of another release: 6.1, 6.6 (as released), 6.7-rc2, 6.6.144, 6.12
  --events FILE      replace its event tree by a listing (format of events-tree.txt)
  --instance FILE    replace what an instance holds by a listing (format of instance-tree.txt)
  --cpus N           number of CPUs (default: as recorded)
  --userland NAME    coreutils (default) or bare: docs/shell.md
  --save FILE        write the state in which the script ends: kernel, tasks and shell
  --from FILE        go on from a state that --save wrote, on the same kernel, instead of from boot
  --each             one object per simple command inside a top-level command
  --help             this text

Without --kernel a scenario runs where its "# @kernel", "# @design" and "# @vfs" say; --design and --vfs come before these.

Exit status: 0 when the script ran, 2 when it could not be parsed, the kernel is unknown or a file cannot be used.
`;

/** Prints the reason and ends with the status for bad input. */
function refuse(message: string): never {
  process.stderr.write(`replay: ${message}\n`);
  process.exit(2);
}

/** What is done with a file, or why it cannot be. */
function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    return refuse(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const readText = (path: string): string => attempt(path, () => readFileSync(path === '-' ? 0 : path, 'utf8'));

function readMachine(id: string): string {
  if (!/^[\w.-]+$/.test(id)) refuse(`unknown kernel "${id}"`);
  try {
    return readFileSync(new URL(`../../public/kernels/${id}/machine.json`, import.meta.url), 'utf8');
  } catch {
    return refuse(`unknown kernel "${id}": there is no public/kernels/${id}/machine.json`);
  }
}

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        kernel: { type: 'string' },
        design: { type: 'string' },
        vfs: { type: 'string' },
        events: { type: 'string' },
        instance: { type: 'string' },
        cpus: { type: 'string' },
        userland: { type: 'string', default: 'coreutils' },
        save: { type: 'string' },
        from: { type: 'string' },
        each: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

/** `replay … | head` is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

function main(): void {
  const { values, positionals } = options();
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [script] = positionals;
  if (script === undefined || positionals.length > 1) refuse(`see --help\n${HELP}`);
  if (values.userland !== 'coreutils' && values.userland !== 'bare') refuse(`unknown userland "${values.userland}"`);
  const text = readText(script);
  const said = whereOf(text);
  const kernel = values.kernel ?? said.kernel;
  if (kernel === undefined) refuse(`which kernel? See --help\n${HELP}`);
  const cpus = values.cpus === undefined ? undefined : Number(values.cpus);
  try {
    const replay = new Replay({
      machine: readMachine(kernel),
      design: values.design ?? (values.kernel === undefined ? said.design : undefined),
      vfs: values.vfs ?? (values.kernel === undefined ? said.vfs : undefined),
      events: values.events === undefined ? undefined : readText(values.events),
      instance: values.instance === undefined ? undefined : readText(values.instance),
      cpus,
      userland: values.userland,
    });
    for (const warning of replay.warnings) process.stderr.write(`replay: ${warning}\n`);
    if (values.from !== undefined) replay.goOnFrom(attempt(values.from, () => readFileSync(values.from as string)));
    for (const record of replay.run(text, values.each)) process.stdout.write(`${JSON.stringify(record)}\n`);
    if (values.save !== undefined) attempt(values.save, () => writeFileSync(values.save as string, replay.state));
  } catch (error) {
    if (!(error instanceof ReplayProblem)) throw error;
    refuse(error.message);
  }
}

main();
