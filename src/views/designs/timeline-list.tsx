/** Designs under each other, oldest first, each tied to its day on an axis of time: a crowded winter looks crowded. */
import { type CSSProperties, useId } from 'react';
import type { DesignCard } from '../../state/library.ts';
import { VisuallyHidden } from '../../ui/hidden.tsx';
import { useViewContext } from '../context.ts';
import { KernelKey } from '../marks/kernel-key.tsx';
import { MAX_DESIGNS } from './lockstep.ts';
import { dateWords, dayNumber, releaseTicks, timeScale, timeY, yearTicks } from './time-axis.ts';
import css from './timeline.module.css';
import { useTimelineRow } from './timeline-row.ts';

const LETTERS = ['A', 'B', 'C', 'D'];
const AXIS_X = 92;
const WIDTH = 148;
const TICK_APART = 13;

interface TimelineProps {
  readonly chosen: readonly DesignCard[];
  readonly onToggle: (id: string) => void;
}

export function Timeline({ chosen, onToggle }: TimelineProps) {
  const { designs } = useViewContext().library;
  const row = useTimelineRow();
  const isFull = chosen.length >= MAX_DESIGNS;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={css.scroll} tabIndex={0} aria-label="Timeline of designs">
      <div className={css.timeline} style={{ height: designs.length * row, '--axis': `${WIDTH}px` } as CSSProperties}>
        <Axis designs={designs} chosen={chosen} row={row} />
        <ol className={css.rows}>
          {designs.map((card) => (
            <Row
              key={card.id}
              card={card}
              height={row}
              channel={chosen.indexOf(card)}
              reason={isFull && !chosen.includes(card) ? 'four run in lockstep already: take one out first' : undefined}
              onToggle={() => onToggle(card.id)}
            />
          ))}
        </ol>
      </div>
    </section>
  );
}

interface AxisProps {
  readonly designs: readonly DesignCard[];
  readonly chosen: readonly DesignCard[];
  readonly row: number;
}

function Axis({ designs, chosen, row }: AxisProps) {
  const { releases } = useViewContext().library;
  const scale = timeScale(designs, designs.length * row);
  return (
    <svg className={css.axis} width={WIDTH} height={scale.height} aria-hidden="true">
      <path d={`M${AXIS_X} 0V${scale.height}`} className={css.line} />
      {yearTicks(scale).map(({ text, y }) => (
        <g key={text}>
          <path d={`M${AXIS_X - 8} ${y}h8`} className={css.line} />
          <text x={AXIS_X - 80} y={y + 4} className={css.year}>
            {text}
          </text>
        </g>
      ))}
      {releaseTicks(scale, releases, TICK_APART).map(({ text, y }) => (
        <g key={text}>
          <path d={`M${AXIS_X - 4} ${y}h4`} className={css.line} />
          <text x={AXIS_X - 8} y={y + 4} textAnchor="end" className={css.release}>
            {text}
          </text>
        </g>
      ))}
      {designs.map((card, i) => {
        const y = timeY(scale, dayNumber(card.date));
        const to = (i + 0.5) * row;
        const isChosen = chosen.includes(card);
        return (
          <g key={card.id} data-chosen={isChosen || undefined} className={css.design}>
            <path
              d={`M${AXIS_X} ${y}L${WIDTH - 16} ${to}H${WIDTH}`}
              className={css.lead}
              strokeDasharray={card.released ? undefined : '2 3'}
            />
            <circle cx={AXIS_X} cy={y} r={3.5} className={card.released ? css.released : css.proposed} />
          </g>
        );
      })}
    </svg>
  );
}

interface RowProps {
  readonly card: DesignCard;
  readonly height: number;
  /** Its place among the chosen; −1 = it is not chosen. */
  readonly channel: number;
  readonly reason: string | undefined;
  readonly onToggle: () => void;
}

function Row({ card, height, channel, reason, onToggle }: RowProps) {
  const id = useId();
  const isChosen = channel >= 0;
  return (
    <li className={css.row} style={{ height }} data-chosen={isChosen || undefined}>
      <label className={css.label} title={reason ?? card.event}>
        <input
          type="checkbox"
          className={css.box}
          checked={isChosen}
          aria-disabled={reason !== undefined}
          aria-describedby={id}
          onChange={onToggle}
        />
        <span className={css.name}>
          {card.title}
          {isChosen && (
            <span className={css.key} aria-hidden="true">
              {LETTERS[channel]} <KernelKey channel={channel} />
            </span>
          )}
        </span>
      </label>
      <span className={css.facts} id={id}>
        <span className={css.releases}>{card.releases}</span>
        <span className={css.date} title={card.event}>
          {dateWords(card.date)}
        </span>
        {reason !== undefined && <VisuallyHidden>{reason}</VisuallyHidden>}
      </span>
    </li>
  );
}
