/** The whole tree of /sys/kernel/tracing with its filters; what to do when nothing is found or it could not be read. */
import { type CSSProperties, useMemo } from 'react';
import { joinWords } from '../../base/format.ts';
import type { TreeWindow } from '../../state/protocol.ts';
import { shownChannels } from '../../state/settings.ts';
import { Button } from '../../ui/button.tsx';
import { Message } from '../../ui/message.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Progress, useSlow } from '../../ui/progress.tsx';
import { useFrame, useSettings } from '../context.ts';
import { useStaleNote } from '../parts/stale-note.ts';
import type { Answer } from '../parts/use-answer.ts';
import { TreeFilters } from './filters.tsx';
import { foundWords, nothingFound } from './row-words.ts';
import css from './tree.module.css';
import { TreeGrid } from './tree-grid.tsx';
import { useTreeRows } from './use-tree-rows.ts';

export function TreePanel() {
  const note = useStaleNote();
  const answer = useTreeRows();
  const tree = answer.answer;
  const channels = useFrame((frame) => frame.channels);
  const hidden = useSettings((s) => s.hiddenKernels);
  const shown = useMemo(() => shownChannels(channels ?? [], hidden), [channels, hidden]);
  return (
    <Panel name="Tree" note={note ?? foundWords(tree)} tools={<TreeFilters />} className={css.panel}>
      <div
        className={css.body}
        data-many={shown.length > 2 || undefined}
        style={{ '--kernels': Math.max(1, shown.length) } as CSSProperties}
      >
        <Broken reason={answer.problem} onRetry={answer.retry} />
        <Searching answer={answer} />
        {tree !== undefined && channels !== undefined && <TreeGrid tree={tree} channels={channels} shown={shown} />}
        <Empty tree={tree} />
      </div>
    </Panel>
  );
}

/** How far a filter of a large tree is. */
function Searching({ answer: { isLoading, progress, cancel } }: { readonly answer: Answer<'tree'> }) {
  if (!useSlow(isLoading) || progress === undefined) return null;
  return (
    <div className={css.message}>
      <Progress label="Going through the tree" done={progress.done} total={progress.total} onCancel={cancel} />
    </div>
  );
}

interface BrokenProps {
  readonly reason: string | undefined;
  readonly onRetry: () => void;
}

/** Rows already known stay; this stands above them. */
function Broken({ reason, onRetry }: BrokenProps) {
  const readings = useFrame((frame) => frame.readings);
  const channels = useFrame((frame) => frame.channels);
  const broken = (channels ?? []).filter((_, i) => readings?.[i].broken !== undefined);
  if (reason === undefined && broken.length === 0) return null;
  const whose = broken.length === 0 ? '' : ` of ${joinWords(broken.map(({ letter }) => letter))}`;
  return (
    <Message isRuled text={`The tree${whose} could not be read. ${reason ?? ''}`}>
      <Button onClick={onRetry}>Try again</Button>
    </Message>
  );
}

function Empty({ tree }: { readonly tree: TreeWindow | undefined }) {
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
