/** Dynamic events: written to kprobe_events as on a real machine. */
import { quote } from '../base/quote.ts';
import type { Frame } from '../state/protocol.ts';
import { type ActionContext, defineAction } from './action.ts';
import { fromHere } from './paths.ts';

/** The group that the kernel itself takes when none is given. */
const DEFAULT_GROUP = 'kprobes';

/** The chosen group when it holds dynamic events already, so that events can be added under an open directory. */
function groupFor({ frame, node }: ActionContext): string {
  const group = /^events\/([^/]+)/.exec(node?.path ?? '')?.[1];
  return group !== undefined && frame.dynamicEvents.some((event) => event.startsWith(`${group}/`))
    ? group
    : DEFAULT_GROUP;
}

function freeName(frame: Frame, group: string): string {
  let n = 1;
  while (frame.dynamicEvents.includes(`${group}/ev${n}`)) n++;
  return `ev${n}`;
}

const toKprobeEvents = (frame: Frame, text: string): string =>
  `echo ${quote(text)} >> ${fromHere(frame, 'kprobe_events')}`;

export const addKprobe = defineAction({
  id: 'kprobe.add',
  kind: 'shell',
  label: 'add kprobe event',
  group: 'kprobe',
  help: 'makes an event of a kernel function, in the chosen dynamic group or in kprobes',
  isOffered: () => true,
  line: (context) => {
    const group = groupFor(context);
    const text = `p:${group}/${freeName(context.frame, group)} ${context.inputs.probedFunction}`;
    return toKprobeEvents(context.frame, text);
  },
});

/** The chosen dynamic event, else the one added last. */
function victim({ frame, node }: ActionContext): string | undefined {
  const chosen = /^events\/([^/]+\/[^/]+)/.exec(node?.path ?? '')?.[1];
  const events = frame.dynamicEvents;
  return chosen !== undefined && events.includes(chosen) ? chosen : events[events.length - 1];
}

export const removeKprobe = defineAction({
  id: 'kprobe.remove',
  kind: 'shell',
  label: 'remove kprobe event',
  group: 'kprobe',
  help: 'removes the chosen dynamic event, else the last one',
  isOffered: (context) => (victim(context) === undefined ? 'there is no dynamic event' : true),
  line: (context) => toKprobeEvents(context.frame, `-:${victim(context) ?? ''}`),
});
