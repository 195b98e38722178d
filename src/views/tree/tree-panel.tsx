/** The whole tree of /sys/kernel/tracing with its filters; what to do when nothing is found or it could not be read. */
import { type CSSProperties, useMemo } from 'react';
import { joinWords } from '../../base/format.ts';
import { shownChannels } from '../../state/settings.ts';
import { Button } from '../../ui/button.tsx';
import { Message } from '../../ui/message.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useActivity, useFrame, useSettings, useViewContext } from '../context.ts';
import { useStaleNote } from '../parts/stale-note.ts';
import { TreeFilters } from './filters.tsx';
import { nothingFound } from './row-words.ts';
import css from './tree.module.css';
import { TreeGrid } from './tree-grid.tsx';

export function TreePanel() {
  const note = useStaleNote();
  const tree = useFrame((frame) => frame.tree);
  const channels = useFrame((frame) => frame.channels);
  const hidden = useSettings((s) => s.hiddenKernels);
  const shown = useMemo(() => shownChannels(channels ?? [], hidden), [channels, hidden]);
  return (
    <Panel name="Tree" note={note} tools={<TreeFilters />} className={css.panel}>
      <div
        className={css.body}
        data-many={shown.length > 2 || undefined}
        style={{ '--kernels': Math.max(1, shown.length) } as CSSProperties}
      >
        <Broken />
        {tree !== undefined && channels !== undefined && <TreeGrid tree={tree} channels={channels} shown={shown} />}
        <Empty />
      </div>
    </Panel>
  );
}

/** Rows already known stay; this stands above them. */
function Broken() {
  const reason = useActivity((activity) => activity.treeProblem);
  const readings = useFrame((frame) => frame.readings);
  const channels = useFrame((frame) => frame.channels);
  const { services } = useViewContext();
  const broken = (channels ?? []).filter((_, i) => readings?.[i].broken !== undefined);
  if (reason === undefined && broken.length === 0) return null;
  const whose = broken.length === 0 ? '' : ` of ${joinWords(broken.map(({ letter }) => letter))}`;
  return (
    <Message isRuled text={`The tree${whose} could not be read. ${reason ?? ''}`}>
      <Button onClick={services.retryTree}>Try again</Button>
    </Message>
  );
}

function Empty() {
  const tree = useFrame((frame) => frame.tree);
  const nameFilter = useSettings((s) => s.nameFilter);
  const stateFilter = useSettings((s) => s.stateFilter);
  const setNameFilter = useSettings((s) => s.setNameFilter);
  const setStateFilter = useSettings((s) => s.setStateFilter);
  const isFiltered = nameFilter !== '' || stateFilter.length > 0;
  if (tree === undefined || tree.totalRows > 0 || !isFiltered) return null;
  const clear = () => {
    setNameFilter('');
    setStateFilter([]);
  };
  return (
    <Message isRuled text={nothingFound(nameFilter, stateFilter, tree.hidden)}>
      <Button onClick={clear}>Clear filter</Button>
    </Message>
  );
}
