/** mkdir and rmdir of tracing instances. */
import { quote } from '../base/quote.ts';
import type { InputsState } from '../state/inputs.ts';
import type { Frame } from '../state/protocol.ts';
import { type ActionContext, defineAction } from './action.ts';
import { fromHere, instanceOf } from './paths.ts';

/** Where the names of instances begin when none is given. */
const DEFAULT_PREFIX = 'i';

const countOf = (inputs: InputsState): number | undefined =>
  /^[1-9]\d{0,5}$/.test(inputs.instanceCount.trim()) ? Number(inputs.instanceCount) : undefined;

/** The lowest number from which `count` names in a row are free. */
function firstFree(frame: Frame, prefix: string, count: number): number {
  const taken = frame.instances
    .filter((name) => name.startsWith(prefix))
    .map((name) => Number(name.slice(prefix.length)))
    .filter((n) => Number.isInteger(n) && n > 0)
    .sort((a, b) => a - b);
  let first = 1;
  for (const n of taken) {
    if (n >= first + count) break;
    if (n >= first) first = n + 1;
  }
  return first;
}

function mkdirLine({ frame, inputs }: ActionContext): string {
  const count = countOf(inputs) ?? 1;
  const name = inputs.instanceName;
  const dir = fromHere(frame, 'instances');
  if (count === 1 && name !== '') return `mkdir ${dir}/${quote(name)}`;
  const prefix = name === '' ? DEFAULT_PREFIX : name;
  const first = firstFree(frame, prefix, count);
  if (count === 1) return `mkdir ${dir}/${prefix}${first}`;
  // One command, so one undo takes all of them back.
  return `for i in $(seq ${first} ${first + count - 1}); do mkdir ${dir}/${quote(prefix)}$i; done`;
}

export const mkdirInstance = defineAction({
  id: 'instance.mkdir',
  kind: 'shell',
  label: 'mkdir instance',
  group: 'instance',
  keys: 'Alt+M',
  help: 'makes tracing instances, named or i1, i2, …',
  isOffered: ({ inputs }) =>
    countOf(inputs) === undefined ? 'the number of instances is a figure from 1 to 999,999' : true,
  line: mkdirLine,
});

/** The chosen instance, else the one made last. */
function victim({ frame, node }: ActionContext): string | undefined {
  const chosen = node === undefined ? undefined : instanceOf(node.path);
  return chosen !== undefined && frame.instances.includes(chosen)
    ? chosen
    : frame.instances[frame.instances.length - 1];
}

export const rmdirInstance = defineAction({
  id: 'instance.rmdir',
  kind: 'shell',
  label: 'rmdir instance',
  group: 'instance',
  help: 'removes the chosen instance, else the last one',
  isOffered: (context) => (victim(context) === undefined ? 'there is no instance to remove' : true),
  line: (context) => `rmdir ${fromHere(context.frame, `instances/${victim(context) ?? ''}`)}`,
});
