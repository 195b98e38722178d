/** Every figure is a door: this is what stands behind it. Objects made or freed, by path and by the function that did it. */
import { useMemo } from 'react';
import { formatBytes, formatExactBytes } from '../../base/format.ts';
import type { ObjectGroup } from '../../state/protocol.ts';
import type { ObjectsDoor } from '../../state/selection.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Message } from '../../ui/message.tsx';
import { Progress, useSlow } from '../../ui/progress.tsx';
import type { Column } from '../../ui/table.ts';
import { useFrame, useSelection } from '../context.ts';
import { useRowHeight } from '../parts/row-height.ts';
import { VirtualTable } from '../parts/virtual-table.tsx';
import { amountWords, doorTitle, groupAmount, listWords } from './list-words.ts';
import css from './objects.module.css';
import { useObjectList } from './use-object-list.ts';

/** Shown while a figure is pressed: `door` of the selection. */
export function ObjectsDialog() {
  const door = useSelection((selection) => selection.door);
  if (door === undefined) return null;
  return <OpenDoor key={`${door.channel} ${door.measure} ${door.command}`} door={door} />;
}

function OpenDoor({ door }: { readonly door: ObjectsDoor }) {
  const closeDoor = useSelection((selection) => selection.closeDoor);
  const channel = useFrame((frame) => frame.channels[door.channel]);
  const entry = useFrame((frame) => (door.command === undefined ? undefined : frame.log[door.command]));
  const { list, problem, progress, groupAt, see, retry, cancel } = useObjectList(door);
  const rowHeight = useRowHeight();
  const isSlow = useSlow(list === undefined && problem === undefined);
  const columns = useMemo(() => tableColumns(door), [door]);
  const title = doorTitle(door, channel);
  return (
    <Dialog
      title={title}
      description={list === undefined ? undefined : listWords(door, list, entry)}
      open
      onClose={closeDoor}
      wide
    >
      {problem !== undefined && (
        <Message text={`The objects could not be read. ${problem}`}>
          <Button onClick={retry}>Try again</Button>
        </Message>
      )}
      {isSlow && (
        <Message>
          <Progress label={title} done={progress?.done ?? 0} total={progress?.total ?? 0} onCancel={cancel} />
        </Message>
      )}
      {list !== undefined && list.total === 0 && <Message text="Nothing was made and nothing was freed." />}
      {list !== undefined && list.total > 0 && (
        <div className={css.table}>
          <VirtualTable
            caption={title}
            columns={columns}
            count={list.total}
            rowAt={groupAt}
            rowHeight={rowHeight}
            onRange={see}
          />
        </div>
      )}
    </Dialog>
  );
}

const tableColumns = (door: ObjectsDoor): Column<ObjectGroup>[] => [
  {
    key: 'amount',
    head: door.measure === 'slab' ? 'bytes' : 'objects',
    figure: true,
    cell: (group) => amountWords(door, groupAmount(door.measure, group)),
  },
  { key: 'kind', head: 'kind', cell: ({ kind }) => kind },
  {
    key: 'path',
    head: 'path',
    rowHead: true,
    cell: ({ path }) => (
      <span className={css.path} title={path}>
        {path}
      </span>
    ),
  },
  { key: 'function', head: 'function', cell: (group) => <SourceLink group={group} /> },
  {
    key: 'memory',
    head: 'memory',
    figure: true,
    cell: ({ bytes }) => <span title={formatExactBytes(bytes)}>{formatBytes(bytes)}</span>,
  },
];

/** The function at this kernel's version. */
function SourceLink({ group: { fn, source, url } }: { readonly group: ObjectGroup }) {
  if (url === '') return <span className={css.fn}>{fn}</span>;
  return (
    <a className={css.fn} href={url} target="_blank" rel="noreferrer" title={source}>
      {fn}
    </a>
  );
}
