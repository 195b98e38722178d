/** All commands there are. A new one is a file in this folder and a line here (and its row in docs/shell.md, which a test asks for). */
import { cat } from './cat.ts';
import { cd } from './cd.ts';
import { chmod } from './chmod.ts';
import { chgrp, chown } from './chown.ts';
import type { ShellCommand } from './command.ts';
import { echo } from './echo.ts';
import { evalCommand } from './eval.ts';
import { exec } from './exec.ts';
import { find } from './find.ts';
import { breakCommand, continueCommand, exit, returnCommand } from './flow.ts';
import { grep } from './grep.ts';
import { head } from './head.ts';
import { getdents, opath, openat, rewind } from './held.ts';
import { help } from './help.ts';
import { ls } from './ls.ts';
import { mkdir } from './mkdir.ts';
import { mount } from './mount.ts';
import { printf } from './printf.ts';
import { pwd } from './pwd.ts';
import { rmdir } from './rmdir.ts';
import { seq } from './seq.ts';
import { sleep } from './sleep.ts';
import { stat } from './stat.ts';
import { su } from './su.ts';
import { tee } from './tee.ts';
import { bracket, test } from './test.ts';
import { colon, falseCommand, sync, trueCommand } from './true.ts';
import { exportCommand, local, read, set, shift, unset } from './variables.ts';
import { wait } from './wait.ts';
import { wc } from './wc.ts';

export const COMMANDS: readonly ShellCommand[] = [
  cat,
  cd,
  chgrp,
  chmod,
  chown,
  echo,
  evalCommand,
  exec,
  find,
  grep,
  head,
  help,
  ls,
  mkdir,
  mount,
  printf,
  pwd,
  rmdir,
  seq,
  sleep,
  stat,
  su,
  sync,
  tee,
  test,
  bracket,
  wait,
  wc,
  colon,
  trueCommand,
  falseCommand,
  breakCommand,
  continueCommand,
  returnCommand,
  exit,
  exportCommand,
  local,
  read,
  set,
  shift,
  unset,
  getdents,
  rewind,
  openat,
  opath,
];

const BY_NAME: ReadonlyMap<string, ShellCommand> = new Map(COMMANDS.map((command) => [command.name, command]));

export const findCommand = (name: string): ShellCommand | undefined => BY_NAME.get(name);
