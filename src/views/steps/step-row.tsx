// biome-ignore-all lint/a11y/useKeyWithClickEvents: the listbox has the keys
// biome-ignore-all lint/a11y/useFocusableInteractive: the listbox has the focus
/** One step: in the lane of its task the function that it entered, in every lane the locks that are held. */
import { memo } from 'react';
import type { TraceStep } from '../../state/protocol.ts';
import { StateGlyph } from '../marks/state-glyph.tsx';
import { breaksForGood } from '../parts/trouble.ts';
import css from './lanes.module.css';
import type { LaneState } from './lanes.ts';
import { fnWords, isFunction, shortEventWords, stepName, stepWords } from './step-words.ts';

export const optionId = (index: number): string => `step-${index}`;

interface StepRowProps {
  readonly step: TraceStep;
  readonly count: number;
  readonly tasks: readonly string[];
  readonly lanes: readonly LaneState[];
  /** Before this step: where a lock is new, its line begins. */
  readonly lanesBefore: readonly LaneState[] | undefined;
  readonly isCompact: boolean;
  /** Tasks that enter functions of the kernel; the lanes of the others are narrow. */
  readonly busy: ReadonlySet<string>;
  readonly isCurrent: boolean;
  readonly top: number;
  readonly height: number;
  readonly onChoose: (index: number) => void;
}

export const StepRow = memo(function StepRow(props: StepRowProps) {
  const { step, count, tasks, lanes, lanesBefore, isCompact, busy, isCurrent, top, height, onChoose } = props;
  const isTrouble = step.oops !== undefined || breaksForGood(step);
  const fn = (
    <span className={css.fn} data-idle={!isFunction(step.fn) || undefined}>
      {fnWords(step.fn)}
    </span>
  );
  return (
    <div
      id={optionId(step.index)}
      role="option"
      className={css.row}
      style={{ transform: `translateY(${top}px)`, height }}
      aria-selected={isCurrent}
      aria-setsize={count}
      aria-posinset={step.index + 1}
      aria-label={stepName(step, count)}
      data-oops={isTrouble || undefined}
      onClick={() => onChoose(step.index)}
    >
      <span className={css.index}>
        {isTrouble && <StateGlyph state="broken" />}
        {step.index + 1}
      </span>
      {tasks.map((task, i) => (
        <span
          key={task}
          className={css.lane}
          data-life={lanes[i].life}
          data-idle={!busy.has(task) || undefined}
          data-waits={lanes[i].waitsFor !== undefined || undefined}
        >
          <LockLines slots={lanes[i].slots} before={lanesBefore?.[i].slots} />
          {task === step.task && (isCompact ? <span className={css.dot} /> : fn)}
        </span>
      ))}
      {isCompact && fn}
      <span className={css.did} title={stepWords(step)}>
        {stepWords(step, shortEventWords)}
      </span>
    </div>
  );
});

interface LockLinesProps {
  readonly slots: LaneState['slots'];
  readonly before: LaneState['slots'] | undefined;
}

/** A line a lock: whole where it is exclusive, broken where it is shared, with a head where it was taken. */
function LockLines({ slots, before = [] }: LockLinesProps) {
  return slots.map((lock, i) =>
    lock === undefined ? null : (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: a lock keeps its place
        key={i}
        className={css.lock}
        style={{ left: 4 + i * 5 }}
        title={lock.text}
        data-shared={lock.isShared || undefined}
        data-new={before[i] !== lock || undefined}
      />
    ),
  );
}
