/** Which shipped scenario is on the screen: told by its kernels and its commands, so that a reload and a link know it too. */
import { useMemo } from 'react';
import type { ShippedScenario } from '../../state/library.ts';
import type { ChannelInfo, LogEntry } from '../../state/protocol.ts';
import { useFrame, useViewContext } from '../context.ts';

export function useScenario(): ShippedScenario | undefined {
  const { library } = useViewContext();
  const log = useFrame((frame) => frame.log);
  const channels = useFrame((frame) => frame.channels);
  return useMemo(
    () => (log === undefined || channels === undefined ? undefined : scenarioOf(library.scenarios, channels, log)),
    [library, channels, log],
  );
}

/** The scenario of which this log is a part, or which it goes on from; its first design runs as kernel A. */
export function scenarioOf(
  scenarios: readonly ShippedScenario[],
  channels: readonly Pick<ChannelInfo, 'design'>[],
  log: readonly Pick<LogEntry, 'command'>[],
): ShippedScenario | undefined {
  const commands = log.slice(1).map((entry) => entry.command);
  if (commands.length === 0) return undefined;
  return scenarios.find(
    ({ acts, design }) =>
      channels[0]?.design === design &&
      acts.slice(0, commands.length).every(({ text }, i) => text === commands[i]) &&
      acts.length > 0,
  );
}

/** What the scenario says of the command at this position; captions hold until the next one. */
export function captionAt(scenario: ShippedScenario, position: number): string {
  const captions = scenario.acts.slice(0, position).map((act) => act.caption);
  return captions.findLast((caption) => caption !== '') ?? '';
}
