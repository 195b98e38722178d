/**
 * The files around tracefs that commands read and write: /proc and debugfs. Their own dentries and inodes are not
 * modelled (the recorded program held them open), an open one costs a struct file.
 */
import { enter, leave } from '../call-stack.ts';
import { fail } from '../errno.ts';
import { SB_TRACEFS } from '../flags.ts';
import type { ForeignFs, Kern } from '../kern.ts';
import { MOUNT } from '../vfs/namei/path-init.ts';
import { dropSlab, superCacheScan } from '../vfs/shrink.ts';
import { FAILSLAB_FILES } from './failslab.ts';
import { isShowFile, showFileAt, showText } from './show-events-dentries.ts';
import { slabinfoText } from './slabinfo.ts';

/** The superblock's number in the name of its shrinker; a real machine's differs, so scripts use sb-tracefs-*. */
const SHRINKER = '/sys/kernel/debug/shrinker/sb-tracefs-14';

interface ForeignFile {
  contents?(k: Kern): string;
  write?: ForeignFs['write'];
}

const FILES: Readonly<Record<string, ForeignFile>> = {
  '/proc/slabinfo': { contents: slabinfoText },
  '/proc/sys/fs/dentry-state': {
    contents: (k) => `${[k.counters.nrDentry, k.counters.nrUnused, 45, 0, k.counters.nrNegative, 0].join('\t')}\n`,
  },
  '/proc/sys/fs/inode-nr': { contents: (k) => `${k.counters.nrInodes}\t0\n` },
  '/proc/sys/vm/drop_caches': { contents: () => '0\n', write: writeDropCaches },
  '/proc/sys/vm/min_free_kbytes': { contents: (k) => `${k.small.minFreeKbytes}\n`, write: writeMinFree },
  '/sys/kernel/security/lockdown': { contents: lockdownText, write: writeLockdown },
  '/proc/filesystems': { contents: () => 'nodev\tproc\nnodev\ttracefs\n' },
  '/proc/mounts': { contents: () => `tracefs ${MOUNT} tracefs rw,nosuid,nodev,noexec,relatime 0 0\n` },
  '/proc/version': { contents: (k) => `Linux version ${k.machine.release}\n` },
  [`${SHRINKER}/count`]: { contents: (k) => `0 ${k.superblock.lruLength[SB_TRACEFS]}\n` },
  [`${SHRINKER}/scan`]: { write: writeScan },
  ...FAILSLAB_FILES,
  '/dev/null': {
    contents: () => '',
    *write(_k, _path, data) {
      return data.length;
    },
  },
};

/** Every directory on the way to a file, with its entries. */
function directories(): Map<string, Set<string>> {
  const dirs = new Map<string, Set<string>>();
  for (const path of [...Object.keys(FILES), MOUNT]) {
    const parts = path.split('/').slice(1);
    parts.forEach((part, i) => {
      const dir = `/${parts.slice(0, i).join('/')}`;
      dirs.set(dir, (dirs.get(dir) ?? new Set()).add(part));
    });
  }
  return dirs;
}

const DIRS = directories();

/** drop_caches_sysctl_handler(): 1 page cache (nothing here), 2 slab, 3 both. */
function* writeDropCaches(k: Kern, _path: string, data: string): ReturnType<ForeignFs['write']> {
  const value = Number(data.trim());
  if (!Number.isInteger(value) || value < 1 || value > 4) return fail('EINVAL');
  if (value & 2) yield* dropSlab(k);
  return data.length;
}

/** min_free_kbytes_sysctl_handler(). More than there is makes every allocation reclaim first, as on a machine that is full. */
function* writeMinFree(k: Kern, _path: string, data: string): ReturnType<ForeignFs['write']> {
  const value = Number(data.trim());
  if (!/^\d+$/.test(data.trim()) || !Number.isSafeInteger(value)) return fail('EINVAL');
  k.small.minFreeKbytes = value;
  return data.length;
}

/** shrinker_debugfs_scan_write(): "<memcg inode> <node> <how many>", one call of scan_objects. */
function* writeScan(k: Kern, _path: string, data: string): ReturnType<ForeignFs['write']> {
  const match = /^\s*\d+\s+(\d+)\s+(\d+)\s*$/.exec(data);
  if (match === null || match[1] !== '0') return fail('EINVAL');
  const count = Number(match[2]);
  if (!Number.isSafeInteger(count)) return fail('EINVAL');
  const depth = enter(k, 'super_cache_scan');
  yield* superCacheScan(k, SB_TRACEFS, count);
  leave(k, depth);
  return data.length;
}

const LOCKDOWN_LEVELS = ['none', 'integrity', 'confidentiality'];

/** lockdown_read(): the level in force in brackets. The model knows the first and the last, as tracefs does. */
function lockdownText(k: Kern): string {
  const current = k.small.lockedDown === 1 ? 'confidentiality' : 'none';
  return `${LOCKDOWN_LEVELS.map((level) => (level === current ? `[${level}]` : level)).join(' ')}\n`;
}

/** lockdown_write(), security/lockdown/lockdown.c: only to a higher level. Integrity leaves tracefs alone. */
function* writeLockdown(k: Kern, _path: string, data: string): ReturnType<ForeignFs['write']> {
  const level = LOCKDOWN_LEVELS.indexOf(data.trim());
  if (level < 0) return fail('EINVAL');
  if (level === 0 || k.small.lockedDown === 1) return fail('EPERM');
  if (level === 2) k.small.lockedDown = 1;
  return data.length;
}

export const FOREIGN_FS: ForeignFs = {
  kind(path) {
    if (path in FILES || isShowFile(path)) return 'file';
    return DIRS.has(path) ? 'dir' : undefined;
  },
  hungInto: showFileAt,
  list: (path) => [...(DIRS.get(path) ?? [])].sort(),
  contents: (k, path) => (isShowFile(path) ? showText(k, path) : (FILES[path]?.contents?.(k) ?? '')),
  *write(k, path, data) {
    const write = FILES[path]?.write;
    return write === undefined ? fail('EACCES') : yield* write(k, path, data);
  },
};
