// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot be a treegrid of which only the rows in view exist
// biome-ignore-all lint/a11y/useFocusableInteractive: rows have the focus, cells have not
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys of all rows
/** One row: its name with what is open on it, and one cell a kernel. */
import { type CSSProperties, type MouseEvent, memo } from 'react';
import { formatCount } from '../../base/format.ts';
import type { Cell, ChannelInfo, TreeRow as Row } from '../../state/protocol.ts';
import { Chip } from '../../ui/chip.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LruTicks, StateGlyph } from '../marks/state-glyph.tsx';
import { cellHint, cellWords, chipsOf, markWords, rowName } from './row-words.ts';
import css from './tree.module.css';

interface TreeRowProps {
  /** Undefined: scrolled to before the engine has answered. */
  readonly row: Row | undefined;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly channels: readonly ChannelInfo[];
  readonly shown: readonly number[];
  readonly isChosen: boolean;
  /** The row that Tab goes to. */
  readonly isCurrent: boolean;
  readonly nameFilter: string;
  readonly onPress: (row: Row, index: number) => void;
  readonly onToggle: (row: Row) => void;
}

export const TreeRow = memo(function TreeRow(props: TreeRowProps) {
  const { row, index, top, height, channels, shown, isChosen, isCurrent, nameFilter, onPress, onToggle } = props;
  // One element for a row that is known and one that is not: the focus stays on it when the answer comes.
  return (
    <div
      role="row"
      className={css.row}
      style={{ transform: `translateY(${top}px)`, height }}
      tabIndex={isCurrent ? 0 : -1}
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      {...(row === undefined ? { 'aria-label': 'not read yet' } : rowAttributes(row, channels, shown))}
      onClick={() => row !== undefined && onPress(row, index)}
      onDoubleClick={() => row?.kind === 'dir' && onToggle(row)}
    >
      {row === undefined ? (
        <div role="gridcell" />
      ) : (
        <NameCell {...{ row, channels, shown, isChosen, nameFilter, onToggle }} />
      )}
      {shown.map((channel) => (
        <KernelCell key={channel} cell={row?.cells[channel]} />
      ))}
    </div>
  );
});

const rowAttributes = (row: Row, channels: readonly ChannelInfo[], shown: readonly number[]) => ({
  'data-mark': row.mark,
  'aria-level': row.depth + 1,
  'aria-setsize': row.setSize,
  'aria-posinset': row.posInSet,
  'aria-expanded': row.kind === 'dir' ? row.expanded : undefined,
  'aria-label': rowName(row, channels, shown),
  'aria-description': markWords(row.mark),
});

interface NameCellProps extends Pick<TreeRowProps, 'channels' | 'shown' | 'isChosen' | 'nameFilter' | 'onToggle'> {
  readonly row: Row;
}

function NameCell({ row, channels, shown, isChosen, nameFilter, onToggle }: NameCellProps) {
  const toggle = (event: MouseEvent) => {
    event.stopPropagation();
    onToggle(row);
  };
  return (
    <div role="gridcell" className={css.name} style={{ '--depth': row.depth } as CSSProperties}>
      <span className={css.chosen} data-chosen={isChosen || undefined}>
        {row.kind === 'dir' ? (
          // The row itself opens by keyboard; this is where a pointer does it.
          <span className={css.twisty} aria-hidden="true" onClick={toggle} onDoubleClick={stop}>
            <Icon name={row.expanded ? 'chevronDown' : 'chevronRight'} />
          </span>
        ) : (
          <span className={css.twisty} />
        )}
        <span className={css.text} title={row.path}>
          <Highlighted text={row.name} part={nameFilter} />
        </span>
      </span>
      {chipsOf(row, channels, shown).map(({ text }) => (
        <Chip key={text}>{text}</Chip>
      ))}
    </div>
  );
}

const stop = (event: MouseEvent): void => event.stopPropagation();

function KernelCell({ cell }: { readonly cell: Cell | undefined }) {
  if (cell === undefined) {
    return (
      <div role="gridcell" className={css.cell}>
        …
      </div>
    );
  }
  return (
    <div role="gridcell" className={css.cell} aria-label={cellWords(cell)} title={cellHint(cell)}>
      <StateGlyph state={cell.state} />
      {cell.count !== undefined && <span className={css.count}>{formatCount(cell.count)}</span>}
      {cell.lru > 0 && <LruTicks lru={cell.lru} />}
    </div>
  );
}

/** The part of a name that the filter has found. */
function Highlighted({ text, part }: { readonly text: string; readonly part: string }) {
  const at = part === '' ? -1 : text.toLowerCase().indexOf(part.toLowerCase());
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className={css.found}>{text.slice(at, at + part.length)}</mark>
      {text.slice(at + part.length)}
    </>
  );
}
