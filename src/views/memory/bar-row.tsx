/** One bar: what one kernel keeps for one instance, its parts 1 px apart, the total in words at its end. */
import { barEnd, layoutBar } from '../../render/bars.ts';
import type { ChannelInfo } from '../../state/protocol.ts';
import { VisuallyHidden } from '../../ui/hidden.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { kernelColour } from '../marks/marks.ts';
import css from './memory.module.css';
import { type MemoryRow, partWords, STRUCTS, totalWords } from './memory-rows.ts';

interface BarRowProps {
  readonly row: MemoryRow;
  readonly info: ChannelInfo;
  /** Width of the longest bar. */
  readonly room: number;
  readonly pixelsPerByte: number;
  readonly place: { readonly index: number; readonly count: number; readonly top: number; readonly height: number };
}

export function BarRow({ row, info, room, pixelsPerByte, place }: BarRowProps) {
  const isCut = row.total * pixelsPerByte > room + 1;
  const segments = isCut ? layoutBar([room], 1) : layoutBar(row.bytes, pixelsPerByte);
  const parts = partWords(row);
  return (
    <Tooltip text={<Parts title={`${row.label}, ${info.title}`} parts={parts} />}>
      <li
        className={css.row}
        style={{ top: place.top, height: place.height }}
        aria-setsize={place.count}
        aria-posinset={place.index + 1}
      >
        <span className={css.label} data-kind={row.kind} aria-hidden="true">
          {row.labelled && row.label}
        </span>
        <span className={css.letter} style={{ color: kernelColour(row.channel) }} aria-hidden="true">
          {info.letter}
        </span>
        <VisuallyHidden>
          {row.label}, {info.title}:
        </VisuallyHidden>
        <span className={css.bar}>
          {segments.map(({ index, x, width }) => (
            <span
              key={index}
              className={css.segment}
              data-struct={row.kind === 'instance' ? STRUCTS[index] : row.kind}
              data-cut={isCut || undefined}
              style={{ left: x, width }}
            />
          ))}
          <span className={css.total} style={{ left: barEnd(segments) }}>
            {totalWords(row)}
          </span>
        </span>
        {row.kind === 'instance' && <VisuallyHidden>{parts.join(', ')}</VisuallyHidden>}
      </li>
    </Tooltip>
  );
}

function Parts({ title, parts }: { readonly title: string; readonly parts: readonly string[] }) {
  return (
    <span className={css.parts}>
      <span>{title}</span>
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
    </span>
  );
}
