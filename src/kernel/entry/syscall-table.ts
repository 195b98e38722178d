/** The system call table: arch/x86/entry/syscalls/syscall_64.tbl, as far as tools that look at tracefs need it. */
import type { Kern } from '../kern.ts';
import type { Syscalls } from '../syscalls.ts';
import { sysDup2 } from './sys-dup2.ts';
import { sysExit, sysFork, sysSetuid } from './sys-fork.ts';
import { sysGetcwd } from './sys-getcwd.ts';
import { sysGetdents64 } from './sys-getdents.ts';
import { sysRemount } from './sys-mount.ts';
import { sysMkdir, sysRename, sysRmdir, sysUnlink } from './sys-namei.ts';
import { sysChdir, sysChmod, sysChown, sysClose, sysOpen, sysOpenat } from './sys-open.ts';
import { sysLseek, sysPread64, sysRead, sysWrite } from './sys-read-write.ts';
import { sysFstat, sysStat } from './sys-stat.ts';

/** The system calls of a kernel. Each runs in the name of the current task, and is given it. */
export const syscallTable = (k: Kern): Syscalls => ({
  open: (task, path, flags) => sysOpen(k, task, path, flags),
  openat: (task, dirfd, path, flags) => sysOpenat(k, task, dirfd, path, flags),
  close: (task, fd) => sysClose(k, task, fd),
  dup2: (task, from, to) => sysDup2(k, task, from, to),
  read: (task, fd, count) => sysRead(k, task, fd, count),
  pread: (task, fd, count, offset) => sysPread64(k, task, fd, count, offset),
  write: (task, fd, data) => sysWrite(k, task, fd, data),
  lseek: (task, fd, offset) => sysLseek(k, task, fd, offset),
  getdents: (task, fd, buffer) => sysGetdents64(k, task, fd, buffer),
  stat: (task, path) => sysStat(k, task, path),
  lstat: (task, path) => sysStat(k, task, path),
  fstat: (task, fd) => sysFstat(k, task, fd),
  chmod: (task, path, mode) => sysChmod(k, task, path, mode),
  chown: (task, path, uid, gid) => sysChown(k, task, path, uid, gid),
  mkdir: (task, path) => sysMkdir(k, task, path),
  rmdir: (task, path) => sysRmdir(k, task, path),
  unlink: (task, path) => sysUnlink(k, task, path),
  rename: (task, from, to) => sysRename(k, task, from, to),
  chdir: (task, path) => sysChdir(k, task, path),
  getcwd: (task) => sysGetcwd(k, task),
  remount: (task, options) => sysRemount(k, task, options),
  fork: (task, name) => sysFork(k, task, name),
  setuid: (task, uid, gid) => sysSetuid(task, uid, gid),
  exit: (task) => sysExit(k, task),
});
