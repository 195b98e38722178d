/**
 * `mount -o remount,…` of the tracefs mount, the one that the model has. The walks that mount(8) makes (canonicalising the
 * target, /proc/self/mountinfo) end at the root of tracefs, which is always in use, so they change nothing.
 */
import type { ShellCommand } from './command.ts';
import { complain } from './messages.ts';
import { onlyOptions, parseOptions } from './options.ts';
import { absolute, canonical, TRACEFS_ROOT } from './paths.ts';

const OPTIONS = { flags: '', values: 'ot' };
/** mount(8), "EXIT STATUS": mount failure. */
const MOUNT_FAILED = 32;

interface MountOptions {
  uid?: number;
  gid?: number;
  mode?: number;
}

export const mount: ShellCommand = {
  name: 'mount',
  synopsis: 'mount -o remount[,uid=N][,gid=N][,mode=OCTAL] [-t tracefs] [tracefs] /sys/kernel/tracing',
  kind: 'program',
  calls: { coreutils: 'remount', bare: 'remount' },
  unsupported: (words) => {
    const refused = onlyOptions('mount', OPTIONS)(words);
    if (refused !== undefined) return refused;
    const known = words.every((word) => word !== undefined);
    return known && !words.some((word) => word?.includes('remount')) ? 'mount without -o remount' : undefined;
  },
  *run(process, args) {
    const options = parseOptions('mount', OPTIONS, args);
    const target = options.operands.at(-1);
    const list = options.all('o').join(',').split(',');
    const cwd = process.context.variables.get('PWD') ?? TRACEFS_ROOT;
    if (target === undefined || !list.includes('remount')) {
      yield* complain(process, 'bad usage');
      return 1;
    }
    const mountPoint = canonical(absolute(cwd, target));
    const wanted = readOptions(list);
    if (mountPoint !== TRACEFS_ROOT || wanted === undefined) {
      yield* complain(process, `${mountPoint}: mount point not mounted or bad option.`);
      return MOUNT_FAILED;
    }
    const done = yield* process.calls.remount(wanted);
    if (done.ok) return 0;
    yield* complain(process, `${mountPoint}: mount point not mounted or bad option.`);
    return MOUNT_FAILED;
  },
};

function readOptions(list: readonly string[]): MountOptions | undefined {
  const options: MountOptions = {};
  for (const option of list) {
    const [, name, value = ''] = /^(uid|gid|mode)=(\d+)$/.exec(option) ?? [];
    if (name === 'mode' && /^[0-7]+$/.test(value)) options.mode = Number.parseInt(value, 8);
    else if (name === 'uid' || name === 'gid') options[name] = Number(value);
    else if (!['remount', 'rw', 'defaults'].includes(option)) return undefined;
  }
  return options;
}
