/** Dentries, inodes and unused over the log, every kernel in one picture; or the same figures as a table. */
import { useMemo, useState } from 'react';
import { shownChannels } from '../../state/settings.ts';
import { Panel } from '../../ui/panel.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useFrame, useSettings } from '../context.ts';
import { useStaleNote } from '../parts/stale-note.ts';
import css from './counts.module.css';
import { CountsChart } from './counts-chart.tsx';
import { CountsTable } from './counts-table.tsx';
import type { Line } from './position-words.ts';

export function CountsPanel() {
  const note = useStaleNote();
  const lines = useLines();
  const ownScale = useSettings((s) => s.ownScale);
  const setOwnScale = useSettings((s) => s.setOwnScale);
  const [canDraw] = useState(hasCanvas);
  const asTable = useSettings((s) => s.tables.counts) || !canDraw;
  const setTable = useSettings((s) => s.setTable);
  const tools = (
    <>
      {!asTable && <Switch label="Own scale per kernel" checked={ownScale} onChange={setOwnScale} />}
      <Switch label="Show as table" checked={asTable} onChange={(on) => setTable('counts', on)} />
    </>
  );
  return (
    <Panel name="Counts" note={note} tools={tools}>
      {!canDraw && <p className={css.reason}>This browser draws no canvas: the figures stand in a table.</p>}
      {asTable ? <CountsTable lines={lines} /> : <CountsChart lines={lines} ownScale={ownScale} />}
    </Panel>
  );
}

const hasCanvas = (): boolean => document.createElement('canvas').getContext('2d') !== null;

/** The lines of the kernels that are shown; none before the first frame. */
function useLines(): readonly Line[] {
  const channels = useFrame((frame) => frame.channels);
  const series = useFrame((frame) => frame.series);
  const hidden = useSettings((s) => s.hiddenKernels);
  return useMemo(() => {
    if (channels === undefined || series === undefined) return [];
    return shownChannels(channels, hidden).map((i) => ({ channel: i, info: channels[i], series: series[i] }));
  }, [channels, series, hidden]);
}
