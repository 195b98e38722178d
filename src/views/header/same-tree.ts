/**
 * "Same event tree on both": every kernel boots with the event tree of the last one (the newest), so that what differs is
 * the design alone. Off, each has the tree it was recorded with.
 */
import type { ChannelConfig, EngineConfig } from '../../state/protocol.ts';

const treeOf = (channel: ChannelConfig): string => channel.tree ?? channel.kernel;

export const hasSameTree = ({ channels }: EngineConfig): boolean => new Set(channels.map(treeOf)).size === 1;

export function withSameTree(config: EngineConfig, on: boolean): EngineConfig {
  const last = config.channels[config.channels.length - 1];
  const channels = config.channels.map(({ tree: _, ...channel }) =>
    on && channel.kernel !== last.kernel ? { ...channel, tree: last.kernel } : channel,
  );
  return { ...config, channels };
}
