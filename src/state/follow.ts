/** Keeps the chosen node the same node while the state changes: asks the engine what became of it whenever another state is shown. */
import { createAsker } from './asker.ts';
import type { FrameStore } from './frame.ts';
import type { Frame, RequestOf } from './protocol.ts';
import type { Queries } from './queries.ts';
import { type ChosenNode, followed, type SelectionStore } from './selection.ts';

/** Returns how to stop. */
export function followChosen(frames: FrameStore, selection: SelectionStore, queries: Queries): () => void {
  const asker = createAsker('node', queries);
  /** What is known of the chosen node, or asked for. */
  let known: ChosenNode | undefined;
  let asked: { readonly request: RequestOf<'node'>; readonly moment: number } | undefined;
  let epoch = Number.NaN;
  let kernels = '';

  const look = (): void => {
    const { frame } = frames.getState();
    const { node } = selection.getState();
    if (frame === undefined || (node === known && frame.epoch === epoch)) return;
    const isOtherChoice = node !== known;
    const now = kernelsOf(frame);
    if (isOtherChoice || kernels === now) known = node;
    else known = node && { ...node, refs: [], rest: 'at path', fates: [] }; // other kernels have other objects: the path is all that is left
    epoch = frame.epoch;
    kernels = now;
    if (known !== node) selection.getState().chooseNode(known);
    if (known === undefined) return;
    const { path, refs, rest, seenAt } = known;
    asked = { request: { path, refs, rest, seenAt }, moment: frame.history.cursor };
    asker.want(asked.request, epoch);
  };
  const take = (): void => {
    const { answer, request } = asker.store.getState();
    const { node } = selection.getState();
    if (answer === undefined || asked === undefined || request !== asked.request) return;
    if (node === undefined || node !== known) return;
    known = followed(node, answer, asked.moment);
    asked = undefined;
    selection.getState().chooseNode(known);
  };

  const ends = [frames.subscribe(look), selection.subscribe(look), asker.store.subscribe(take)];
  return () => {
    for (const end of ends) end();
  };
}

const kernelsOf = ({ channels }: Frame): string =>
  channels.map(({ kernel, design, vfs }) => `${kernel} ${design} ${vfs}`).join('\n');
