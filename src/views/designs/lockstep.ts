/** Which kernels run when designs are chosen. */
import type { DesignCard } from '../../state/library.ts';
import type { ChannelConfig } from '../../state/protocol.ts';

export const MIN_DESIGNS = 2;
export const MAX_DESIGNS = 4;

/** "Each on its own": what the machine of a card, or its VFS, is. */
export const OWN = '';

/** A channel a design, left to right as the cards stand. */
export const channelsFor = (cards: readonly DesignCard[], machine: string, vfs: string): readonly ChannelConfig[] =>
  cards.map((card) => ({
    kernel: machine === OWN ? card.machine : machine,
    design: card.id,
    ...(vfs !== OWN && { vfs }),
  }));

/** The machine that all kernels run on; OWN when they differ. */
export function machineOf(channels: readonly ChannelConfig[], cards: readonly DesignCard[]): string {
  const [first, ...rest] = channels.map((channel) => channel.kernel);
  const isEachOnItsOwn = channels.every(
    ({ kernel, design }) => design === undefined || cards.find((card) => card.id === design)?.machine === kernel,
  );
  return first === undefined || isEachOnItsOwn || rest.some((kernel) => kernel !== first) ? OWN : first;
}
