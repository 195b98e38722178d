/** What can be done with the chosen directory or file. */
import type { Frame } from '../state/protocol.ts';
import { type ChosenNode, goneWord } from '../state/selection.ts';
import { type ActionContext, defineAction, type Offer } from './action.ts';
import { eventLevel, fromHere, join, nameOf, parentOf } from './paths.ts';

/** Gone or never there on every kernel shown: a path that no command can reach. */
const isNowhere = (node: ChosenNode): boolean =>
  node.states.length > 0 &&
  node.states.every((state) => state === 'absent' || state === 'removed' || state === 'negative');

function needs(node: ChosenNode | undefined, kind: 'dir' | 'file'): Offer {
  if (node === undefined || node.kind !== kind)
    return kind === 'dir' ? 'choose a directory first' : 'choose a file first';
  return isNowhere(node) ? 'it exists on no kernel' : true;
}

const chosenPath = ({ frame, node }: ActionContext): string => fromHere(frame, node?.path ?? '');

export const openDir = defineAction({
  id: 'node.open',
  kind: 'shell',
  label: 'open dir',
  group: 'node',
  keys: 'Alt+O',
  help: 'opens the chosen directory and holds it open',
  isOffered: ({ node }) => needs(node, 'dir'),
  line: (context) => `exec ${context.frame.nextFd}< ${chosenPath(context)}`,
});

/** The descriptor of the chosen node, else the one opened last. */
function openFd({ frame, node }: ActionContext): number | undefined {
  const open = frame.openFiles.filter((file) => file.channels.some((channel) => channel.open));
  const here = open.filter((file) => file.path === node?.path);
  return (here[here.length - 1] ?? open[open.length - 1])?.fd;
}

export const closeLine = (fd: number): string => `exec ${fd}<&-`;

export const closeFile = defineAction({
  id: 'node.close',
  kind: 'shell',
  label: 'close',
  group: 'node',
  keys: 'Alt+C',
  help: 'closes what is open on the chosen row, else what was opened last',
  isOffered: (context) => (openFd(context) === undefined ? 'nothing is open' : true),
  line: (context) => closeLine(openFd(context) ?? 0),
});

export const readFile = defineAction({
  id: 'node.read',
  kind: 'shell',
  label: 'read file',
  group: 'node',
  help: 'opens the chosen file, reads it to its end and closes it',
  isOffered: ({ node }) => needs(node, 'file'),
  line: (context) => `cat ${chosenPath(context)}`,
});

/** The `enable` file of what is chosen: itself, in the chosen directory, or beside the chosen file. */
function enableFile(node: ChosenNode | undefined): string | undefined {
  if (node === undefined || isNowhere(node)) return undefined;
  const dir = node.kind === 'dir' ? node.path : parentOf(node.path);
  const level = eventLevel(dir);
  return level === undefined || level > 2 ? undefined : join(dir, 'enable');
}

/** Whether the last `echo` to this file in the log switched it on. A guess from the log: the line says what it will do. */
function wasSwitchedOn(frame: Frame, file: string): boolean {
  const target = ` > ${fromHere(frame, file)}`;
  const last = frame.log.slice(0, frame.position + 1).findLast((entry) => entry.command.endsWith(target));
  return last?.command === `echo 1${target}`;
}

export const writeEnable = defineAction({
  id: 'node.enable',
  kind: 'shell',
  label: 'write enable',
  group: 'node',
  help: 'switches the chosen event on, or off when the log switched it on',
  isOffered: ({ node }) =>
    enableFile(node) === undefined ? 'choose an event, a group of events or events first' : true,
  line: ({ frame, node }) => {
    const file = enableFile(node) ?? '';
    return `echo ${wasSwitchedOn(frame, file) ? 0 : 1} > ${fromHere(frame, file)}`;
  },
});

/** `ls` of nothing chosen lists the working directory. */
const listed = (context: ActionContext): string => (context.node === undefined ? '' : ` ${chosenPath(context)}`);
const mayList = ({ node }: ActionContext): Offer =>
  node !== undefined && isNowhere(node) ? 'it exists on no kernel' : true;

export const ls = defineAction({
  id: 'node.ls',
  kind: 'shell',
  label: 'ls',
  group: 'node',
  help: 'lists the chosen directory',
  isOffered: mayList,
  line: (context) => `ls${listed(context)}`,
});

export const lsRecursive = defineAction({
  id: 'node.lsRecursive',
  kind: 'shell',
  label: 'ls -lR',
  group: 'node',
  help: 'lists the chosen directory with all below it, with a stat of each entry',
  isOffered: mayList,
  line: (context) => `ls -lR${listed(context)}`,
});

/** What stands before the group: the path the actions mean, and that there is no more behind it. */
export function chosenName(node: ChosenNode | undefined): string {
  if (node === undefined) return 'nothing chosen';
  const path = node.path === '' ? nameOf('/sys/kernel/tracing') : node.path;
  const gone = goneWord(node);
  return gone === undefined ? path : `${path} (${gone})`;
}
