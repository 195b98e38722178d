/** Opens a scenario in place of what is there: its kernels side by side, its commands as the log, its last command in steps. */
import { useCallback } from 'react';
import type { ShippedScenario } from '../../state/library.ts';
import type { ChannelConfig, EngineConfig } from '../../state/protocol.ts';
import { useSettings, useSteps, useViewContext } from '../context.ts';

/** What is to be different from what the scenario says. */
export interface ScenarioChanges {
  /** Runs as kernel A. */
  readonly design?: string;
  readonly vfs?: string;
  readonly kernel?: string;
}

export function scenarioConfig({ config }: ShippedScenario, { design, vfs, kernel }: ScenarioChanges): EngineConfig {
  const channels = config.channels.map(
    (channel, i): ChannelConfig => ({
      ...channel,
      ...(kernel !== undefined && { kernel }),
      ...(vfs !== undefined && { vfs }),
      ...(design !== undefined && i === 0 && { design }),
    }),
  );
  return { ...config, channels };
}

/** The directories that a script speaks of, so that its rows are open in the tree: "events", "events/kprobes". */
export function directoriesIn(text: string): readonly string[] {
  const paths = text.match(/\b(?:events|instances)(?:\/[\w.-]+)+/g) ?? [];
  return paths.flatMap((path) => {
    const names = path.split('/');
    return names.slice(0, -1).map((_, i) => names.slice(0, i + 1).join('/'));
  });
}

export function useRunScenario(): (scenario: ShippedScenario, changes?: ScenarioChanges) => Promise<void> {
  const { services } = useViewContext();
  const setView = useSettings((s) => s.setView);
  const goTo = useSteps((s) => s.goTo);
  const setExpanded = useSettings((s) => s.expandAll);
  return useCallback(
    async (scenario, changes = {}) => {
      await services.open(
        scenarioConfig(scenario, changes),
        scenario.acts.map((act) => act.text),
      );
      setExpanded(scenario.acts.flatMap((act) => directoriesIn(act.text)));
      goTo(0);
      setView('steps');
    },
    [services, setView, goTo, setExpanded],
  );
}
