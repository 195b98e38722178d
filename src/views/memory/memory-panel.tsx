/** What each instance holds in bytes, by structure, every kernel on one scale; or the same figures as a table. */
import { useMemo } from 'react';
import { shownChannels } from '../../state/settings.ts';
import { Panel } from '../../ui/panel.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useFrame, useSettings } from '../context.ts';
import { useStaleNote } from '../parts/stale-note.ts';
import { Bars } from './bars.tsx';
import { Key } from './key.tsx';
import css from './memory.module.css';
import { hasBytes, instanceCount, memoryRows, sumWords } from './memory-rows.ts';
import { MemoryTable } from './memory-table.tsx';

/** From this many on, what all of them hold together is said as well. */
const SUM_FROM = 4;

export function MemoryPanel() {
  const note = useStaleNote();
  const ringBuffers = useSettings((s) => s.ringBuffers);
  const setRingBuffers = useSettings((s) => s.setRingBuffers);
  const asTable = useSettings((s) => s.tables.memory);
  const setTable = useSettings((s) => s.setTable);
  const tools = (
    <>
      {!asTable && <Key place="head" />}
      <Switch label="Show ring buffers" checked={ringBuffers} onChange={setRingBuffers} />
      <Switch label="Show as table" checked={asTable} onChange={(on) => setTable('memory', on)} />
    </>
  );
  return (
    <Panel name="Memory per instance" note={note} tools={tools} className={css.panel}>
      <Memory ringBuffers={ringBuffers} asTable={asTable} />
    </Panel>
  );
}

interface MemoryProps {
  readonly ringBuffers: boolean;
  readonly asTable: boolean;
}

function Memory({ ringBuffers, asTable }: MemoryProps) {
  const memory = useFrame((frame) => frame.memory);
  const channels = useFrame((frame) => frame.channels);
  const hidden = useSettings((s) => s.hiddenKernels);
  const shown = useMemo(() => shownChannels(channels ?? [], hidden), [channels, hidden]);
  const rows = useMemo(
    () => (memory === undefined ? [] : memoryRows(memory, shown, ringBuffers)),
    [memory, shown, ringBuffers],
  );
  if (memory === undefined || channels === undefined) return null;

  const instances = instanceCount(memory);
  const withoutBytes = channels.filter((_, i) => rows.some((row) => row.channel === i && !hasBytes(row)));
  return (
    <div className={css.body}>
      {instances >= SUM_FROM && <p className={css.text}>{sumWords(memory, channels, shown)}</p>}
      {instances <= 1 && <p className={css.text}>Only the top instance exists. Press mkdir instance.</p>}
      {withoutBytes.map(({ title }) => (
        <p key={title} className={css.text}>
          {title}: No slab data for this kernel: objects shown instead of bytes.
        </p>
      ))}
      {!asTable && <Key place="body" />}
      {asTable ? <MemoryTable rows={rows} channels={channels} /> : <Bars rows={rows} channels={channels} />}
    </div>
  );
}
