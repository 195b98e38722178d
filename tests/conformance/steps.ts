/**
 * Translates a record of the recorded runs into the system calls that the recorded program made (kernel-facts.md, rules
 * 17, 47, 51 to 53). It goes by the kind of step and the words of `op`, never by the number of the record: numbers shift
 * between kernels.
 */
import { O } from '../../src/kernel/syscalls.ts';
import { hundredEvents } from './hundred-events.ts';
import { DONE, type Outcome, type Program, TRACEFS } from './program.ts';

/** The words of a record. `next` is the record after it: the hidden lookups of family F show only in what follows. */
export interface Words {
  readonly kernel: string;
  readonly family: string;
  readonly step: string;
  readonly op: string;
  readonly next: { readonly step: string; readonly op: string } | undefined;
}

export interface TranslatedStep {
  run(program: Program): Outcome;
  /**
   * What of the recorded return value is compared beside success or errno: the value itself (entries, modes, owners,
   * bytes, the number of a descriptor), or nothing: then it is 0.
   */
  readonly value: 'entries' | 'stat' | 'bytes' | 'descriptor' | 'none';
}

type Rule = (program: Program, match: RegExpExecArray, words: Words) => Outcome;

const path = (relative: string): string => `${TRACEFS}/${relative}`;
const EVENT_FILES = ['enable', 'id', 'filter', 'trigger', 'format', 'hist', 'inject', 'hist_debug'];

/** The name under which the program keeps the descriptor that the words speak of. */
function descriptor(op: string): string {
  if (op.includes('ev3/enable')) return 'file';
  if (/\bev3\b/.test(op)) return 'ev3';
  return op.includes('second fd') ? 'second' : 'first';
}

const DIRECTORY = O.RDONLY | O.DIRECTORY;
const nothing: Rule = () => DONE;

/** Kind of step → the words it can have → what the program did. The first match counts. */
const RULES: Readonly<Record<string, readonly (readonly [RegExp, Rule])[]>> = {
  warm: [[/^null$/, nothing]],
  base: [[/^null$/, nothing]],
  base2: [[/^null \(noise floor\)$/, nothing]],
  base3: [[/^null \(noise floor\)$/, nothing]],
  null: [[/^null$/, nothing]],

  mkdir: [[/^mkdir (\S+)/, (p, [, dir = ''], words) => makeDirectory(p, dir, words)]],
  rmdir: [
    [
      /^rmdir instances\/i(\d+)$/,
      (p, [, last], { family }) => removeInstances(p, Number(last), family === 'H' ? 10 : 1),
    ],
    [/^rmdir (\S+)/, (p, [, dir = '']) => p.call('rmdir', path(dir))],
  ],
  unlink: [[/^unlink (\S+)$/, (p, [, file = '']) => p.call('unlink', path(file))]],
  creat: [[/^creat (\S+)$/, (p, [, file = '']) => p.open(path(file), O.WRONLY | O.CREAT | O.TRUNC, 'created')]],
  rename: [[/^rename (\S+) (\S+)$/, (p, [, from = '', to = '']) => p.rename(path(from), path(to))]],

  stat: [
    [/^stat \.$/, (p) => p.stat('.')],
    [/^stat (\S+)/, (p, [, file = '']) => p.stat(path(file))],
  ],
  'stat-mode': [[/^stat mode after drop/, (p) => p.stat(path('events/sched/sched_waking/enable'), ({ mode }) => mode)]],
  'stat-owner': [[/^stat (\S+) after/, (p, [, dir = '']) => p.stat(path(dir), ({ uid, gid }) => uid * 1000 + gid)]],
  chmod: [
    [/^chmod 0600 (\S+)$/, (p, [, file = '']) => p.chmod(path(file), 0o600)],
    [/^chmod 0640 \+ restore$/, (p) => p.chmod(path('events/sched/sched_waking/enable'), 0o640)],
  ],
  chown: [[/^chown 5:6 (\S+)/, (p, [, dir = '']) => p.chown(path(dir), 5, 6)]],
  remount: [[/^mount -o remount,gid=(\d+) tracefs$/, (p, [, gid]) => p.remount({ gid: Number(gid) })]],

  open: [
    [
      /^open\(([^,)]+)(, O_PATH)?/,
      (p, [, file = '', o], { op }) => p.open(path(file), o ? O.PATH : O.RDONLY, descriptor(op)),
    ],
  ],
  opendir: [
    [/^open\(([^,)]+)\)\+getdents\+close/, (p, [, dir = '']) => openReadClose(p, path(dir))],
    [/^open\(([^,)]+)\) \+ getdents hold$/, (p, [, dir = '']) => openAndRead(p, path(dir))],
    [/^open\(([^,)]+)/, (p, [, dir = ''], { op }) => p.open(path(dir), DIRECTORY, descriptor(op))],
  ],
  openat: [[/enable/, (p, _, { op }) => p.openat(descriptor(op), 'enable')]],
  reopen: [[/^open \/proc\/self\/fd\/N/, (p) => p.open(`/proc/self/fd/${p.fd('first')}`, O.RDONLY, 'again')]],
  getdents: [
    [/^getdents on the 100 dirs$/, (p, _, words) => eachOfHundred(p, words, 'dirs', (_, fd) => p.getdents(fd))],
    [/^lseek 0 ?\+ ?getdents/, (p, _, { op }) => rewindAndRead(p, descriptor(op))],
    [/^getdents/, (p, _, { op }) => p.getdents(descriptor(op))],
  ],
  read: [[/^read\(\) on the held fd/, (p) => p.pread('first', 64)]],
  cat: [[/^cat (\S+)$/, (p, [, file = '']) => p.cat(path(file))]],
  close: [
    [/^close the 100 (dirs|files)$/, (p, [, set], words) => eachOfHundred(p, words, set, (_, fd) => p.close(fd))],
    [/^close/, (p, _, { op }) => p.close(descriptor(op))],
  ],
  hold: [[/^open 100 event (dirs|enable files)/, (p, [, set = ''], words) => openHundred(p, words, set)]],

  // No O_TRUNC: the recorded `echo` is an open(O_WRONLY), but for `> kprobe_events`, whose O_TRUNC deletes the events.
  write: [[/^echo (\d) > (\S+)$/, (p, [, bit = '', file = '']) => p.echo(bit, path(file), 0)]],
  kprobe: [[/^echo '([^']+)' >> (\S+)/, (p, [, text = '', file = '']) => p.echo(text, path(file), O.APPEND)]],
  'kprobe-del': [
    [/^echo '([^']+)' >> (\S+)/, (p, [, text = '', file = '']) => p.echo(text, path(file), O.APPEND)],
    [/^echo > (\S+)/, (p, [, file = '']) => p.echo('', path(file), O.TRUNC)],
  ],

  'ls-R': [[/^ls -R (\S+)/, (p, [, dir = '']) => p.list(path(dir), false)]],
  'ls-lR': [
    [/^ls -lR whole tracefs$/, (p) => p.list(TRACEFS, true)],
    [/^ls -lR (\S+)/, (p, [, dir = '']) => p.list(path(dir), true)],
  ],
  drop: [[/drop_caches( x3)?/, (p, [, three]) => p.dropCaches(three === undefined ? 1 : 3)]],
  cycle: [[/stat 8 files of sched_switch, drop x2$/, statAndDrop]],
  chdir: [
    [/^chdir \/$/, (p) => p.call('chdir', '/')],
    [/^chdir (\S+)$/, (p, [, dir = '']) => p.call('chdir', path(dir))],
  ],
  getcwd: [[/^getcwd$/, (p) => p.getcwd()]],
};

/** What the record did, or undefined when nobody has translated it yet: a test fails then. */
export function translate(words: Words): TranslatedStep | undefined {
  for (const [pattern, rule] of RULES[words.step] ?? []) {
    const match = pattern.exec(words.op);
    if (match !== null) return { run: (program) => rule(program, match, words), value: comparedValue(words) };
  }
  return undefined;
}

function comparedValue({ step, op }: Words): TranslatedStep['value'] {
  if (step === 'getdents' || step === 'ls-R' || step === 'ls-lR' || step === 'hold') return 'entries';
  if (step === 'opendir' && op.includes('getdents') && !op.includes('no getdents')) return 'entries';
  if (step === 'stat-mode' || step === 'stat-owner') return 'stat';
  if (step === 'open' || step === 'opendir' || step === 'reopen') return 'descriptor';
  return step === 'cat' || step === 'read' ? 'bytes' : 'none';
}

/**
 * Rule 47: three mkdirs of family F contain a failing lookup of the name before the mkdir. Only the older eventfs
 * designs, which keep the negative dentry, show it. They are those before chdir, the open with O_PATH and the write.
 */
function makeDirectory(p: Program, dir: string, { family, next }: Words): Outcome {
  const follows = next?.step === 'chdir' || next?.step === 'write' || next?.op.includes('O_PATH') === true;
  const looksUpFirst = family === 'F' && dir === 'instances/i' && follows;
  if (looksUpFirst) {
    p.stat(path(dir));
    p.kernel.settle(); // it came well before the mkdir: the dentry was freed in between (F@174 of 6.1 adds no slab for it)
  }
  return p.call('mkdir', path(dir));
}

/** Family H records every tenth rmdir only. */
function removeInstances(p: Program, last: number, count: number): Outcome {
  let outcome = DONE;
  for (let i = last - count + 1; i <= last && outcome.ok; i++) outcome = p.call('rmdir', path(`instances/i${i}`));
  return outcome;
}

function openAndRead(p: Program, dir: string): Outcome {
  const opened = p.open(dir, DIRECTORY, 'first');
  return opened.ok ? p.getdents('first') : opened;
}

function openReadClose(p: Program, dir: string): Outcome {
  const entries = openAndRead(p, dir);
  if (entries.ok) p.close('first');
  return entries;
}

function rewindAndRead(p: Program, fd: string): Outcome {
  const rewound = p.seek0(fd);
  return rewound.ok ? p.getdents(fd) : rewound;
}

function statAndDrop(p: Program): Outcome {
  for (const name of EVENT_FILES) p.stat(path(`events/sched/sched_switch/${name}`));
  return p.dropCaches(2);
}

/** Runs a call on each of the 100 directories or files of family E. The value is the sum of their values. */
function eachOfHundred(p: Program, words: Words, set: string | undefined, each: (file: string, fd: string) => Outcome) {
  const chosen = hundredEvents(words.kernel, p.kernel.machine.catalogue);
  let sum = 0;
  for (const file of set === 'dirs' ? chosen.dirs : chosen.files) {
    const outcome = each(file, file);
    if (!outcome.ok) return outcome;
    sum += outcome.value;
  }
  return { ok: true, value: sum } satisfies Outcome;
}

/** The recorded value of these two is the number of files opened. */
function openHundred(p: Program, words: Words, set: string): Outcome {
  const flags = set === 'dirs' ? DIRECTORY : O.RDONLY;
  return eachOfHundred(p, words, set, (file, fd) => {
    const opened = p.open(path(file), flags, fd);
    return opened.ok ? { ok: true, value: 1 } : opened;
  });
}
