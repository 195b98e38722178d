/** On what the chosen designs run, and the button that boots them with the log there is. */
import { useState } from 'react';
import type { DesignCard } from '../../state/library.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/field.tsx';
import { useFrame, useViewContext } from '../context.ts';
import css from './designs.module.css';
import { channelsFor, MIN_DESIGNS, machineOf, OWN } from './lockstep.ts';

interface LockstepBarProps {
  readonly chosen: readonly DesignCard[];
  readonly onRun: () => void;
}

export function LockstepBar({ chosen, onRun }: LockstepBarProps) {
  const { services, library } = useViewContext();
  const log = useFrame((frame) => frame.log);
  const config = services.config();
  const [machine, setMachine] = useState(() => machineOf(config.channels, library.designs));
  const [vfs, setVfs] = useState(() => config.channels[0]?.vfs ?? OWN);
  const channels = channelsFor(chosen, machine, vfs);
  const reason = chosen.length < MIN_DESIGNS ? 'Run in lockstep: choose two to four designs' : undefined;
  const run = async () => {
    const commands = (log ?? []).slice(1).map((entry) => entry.command);
    await services.open({ ...config, channels }, commands);
    onRun();
  };
  const option = ({ id, title }: { readonly id: string; readonly title: string }) => ({ value: id, text: title });
  return (
    <div className={css.bar}>
      <Choice
        label="Machine"
        value={machine}
        options={[{ value: OWN, text: 'each on its own machine' }, ...library.machines.map(option)]}
        onChange={setMachine}
      />
      <Choice
        label="VFS"
        value={vfs}
        options={[
          { value: OWN, text: 'VFS of the machine' },
          ...library.vfsChoices.map((choice) => ({ value: choice.id, text: `VFS ${choice.title}` })),
        ]}
        onChange={setVfs}
      />
      <Button reason={reason} onClick={() => void run()}>
        Run in lockstep
      </Button>
    </div>
  );
}
