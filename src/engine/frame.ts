/** A frame: everything the page shows, at one position of the log. */
import { ensure } from '../base/assert.ts';
import { pathOf } from '../kernel/vfs/d-path.ts';
import { BOOT } from '../session/history.ts';
import { type Channel, changeOf, type Totals } from './channel.ts';
import type { History } from './history/history.ts';
import { type Done, doneOf } from './history/moment.ts';
import { memoryFrame } from './memory-frame.ts';
import type { Frame, LogEntry, OpenFile, Reading, Series } from './protocol.ts';

/** Output of earlier commands is cut to this in a frame; the last command's is whole. */
const OLD_OUTPUT = 2000;
const NEW_OUTPUT = 200_000;
const FIRST_FD = 3;

/** The frame of what is at the cursor of a history. */
export function frameOf(epoch: number, channels: readonly Channel[], history: History): Frame {
  const { position } = history.cursor;
  const moments = history.shown.map(doneOf);
  return {
    epoch,
    position,
    history: historyFrame(history),
    channels: channels.map((c) => c.info),
    readings: channels.map((c, i) => readingOf(c, i, position, moments)),
    log: moments.map(({ entry }) => cut(entry, entry.index === position ? NEW_OUTPUT : OLD_OUTPUT)),
    series: channels.map((_, i) => seriesOf(moments, i)),
    memory: memoryFrame(channels),
    openFiles: openFiles(channels, moments, position),
    nextFd: nextFd(channels),
    cwd: channels[0]?.cwd ?? '/',
    instances: union(channels.map((c) => c.instances)),
    dynamicEvents: union(channels.map((c) => c.dynamicEvents)),
  };
}

function historyFrame(history: History): Frame['history'] {
  const commands = [...history.moments].filter(({ parent }) => parent !== undefined);
  const moments = commands.map(({ id, parent, command, label }) => ({
    id,
    parent: parent?.id ?? BOOT,
    command,
    label,
  }));
  return { ...history.place, moments, canUndo: history.undo !== undefined, canRedo: history.redo !== undefined };
}

function readingOf(channel: Channel, index: number, position: number, moments: readonly Done[]): Reading {
  const now = moments[position]?.totals[index] ?? channel.totals();
  const before = moments[position - 1]?.totals[index] ?? now;
  const { nrDentry, nrUnused, nrNegative, nrInodes, slabBytes } = now;
  const change = changeOf(before, now);
  return { nrDentry, nrUnused, nrNegative, nrInodes, slabBytes, change, broken: channel.broken };
}

function cut(entry: LogEntry, limit: number): LogEntry {
  if (entry.results.every(({ stdout, stderr }) => stdout.length <= limit && stderr.length <= limit)) return entry;
  const short = (text: string) => (text.length > limit ? text.slice(0, limit) : text);
  const results = entry.results.map((r) => ({ ...r, stdout: short(r.stdout), stderr: short(r.stderr) }));
  return { ...entry, results };
}

function seriesOf(moments: readonly Done[], channel: number): Series {
  const column = (pick: (m: Totals) => number) =>
    Float64Array.from(moments, (m) => pick(ensure(m.totals[channel], 'totals a channel')));
  return { dentries: column((t) => t.nrDentry), inodes: column((t) => t.nrInodes), unused: column((t) => t.nrUnused) };
}

/** Descriptors of the shells, each with what it is on the kernels where it is open, and why it is not on the others. */
function openFiles(channels: readonly Channel[], moments: readonly Done[], position: number): readonly OpenFile[] {
  const fds = union(channels.map((c) => [...c.task.fds.keys()].map(String))).map(Number);
  return fds
    .sort((a, b) => a - b)
    .map((fd) => ({
      fd,
      path: channels.map((c) => pathOfFd(c, fd)).find((path) => path !== undefined) ?? '',
      channels: channels.map((c, i) => {
        const open = c.task.fds.has(fd);
        return { open, errno: open ? '' : whyNotOpen(moments, position, fd, i) };
      }),
    }));
}

function pathOfFd({ kernel, task }: Channel, fd: number): string | undefined {
  const file = task.fds.get(fd);
  if (file === undefined) return undefined;
  const d = kernel.k.file.dentry[file];
  return d === 0 ? kernel.k.text(kernel.k.file.foreign[file]) : pathOf(kernel.k, d).path || '.';
}

/** The error of the last command that redirected this descriptor. */
function whyNotOpen(moments: readonly Done[], position: number, fd: number, channel: number): string {
  const redirects = new RegExp(`(^|\\s)${fd}<`);
  for (let i = position; i > 0; i--) {
    const entry = moments[i]?.entry;
    if (entry !== undefined && redirects.test(entry.command)) return entry.results[channel]?.errno ?? '';
  }
  return '';
}

function nextFd(channels: readonly Channel[]): number {
  let fd = FIRST_FD;
  while (channels.some((c) => c.task.fds.has(fd))) fd++;
  return fd;
}

const union = (lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())];
