/** All steps in one line: whose turn it was when, where the kernel met its bug, and a slider over it. */
import { useMemo } from 'react';
import { formatCount } from '../../base/format.ts';
import type { Trace } from '../../state/protocol.ts';
import { Button } from '../../ui/button.tsx';
import { useSize } from '../parts/size.ts';
import { troubleStep } from '../parts/trouble.ts';
import { runsOf } from './lanes.ts';
import css from './scrubber.module.css';
import { stepName } from './step-words.ts';

interface ScrubberProps {
  readonly trace: Trace;
  readonly current: number;
  readonly onMove: (index: number) => void;
}

const TASK_HEIGHT = 7;

export function Scrubber({ trace, current, onMove }: ScrubberProps) {
  const last = trace.steps.length - 1;
  const oops = troubleStep(trace);
  const isFirst = current === 0 ? 'this is the first step' : undefined;
  const isLast = current === last ? 'this is the last step' : undefined;
  return (
    <div className={css.scrubber}>
      <div className={css.buttons}>
        <Button aria-label="First step" reason={isFirst} onClick={() => onMove(0)}>
          |‹
        </Button>
        <Button aria-label="Step back" reason={isFirst} onClick={() => onMove(current - 1)}>
          ‹
        </Button>
        <Button aria-label="Step forward" reason={isLast} onClick={() => onMove(current + 1)}>
          ›
        </Button>
        <Button aria-label="Last step" reason={isLast} onClick={() => onMove(last)}>
          ›|
        </Button>
      </div>
      <div className={css.track}>
        <Overview trace={trace} current={current} />
        <input
          type="range"
          className={css.range}
          aria-label="Step"
          min={1}
          max={last + 1}
          value={current + 1}
          aria-valuetext={stepName(trace.steps[current], trace.steps.length)}
          onChange={(event) => onMove(Number(event.target.value) - 1)}
        />
      </div>
      <output className={css.position} aria-live="off">
        step {formatCount(current + 1)} of {formatCount(last + 1)}
      </output>
      {oops !== undefined && (
        <Button className={css.oops} aria-current={oops === current ? 'step' : undefined} onClick={() => onMove(oops)}>
          {trace.steps[oops].oops === undefined ? 'Go to the broken invariant' : 'Go to the kernel bug'}
        </Button>
      )}
    </div>
  );
}

function Overview({ trace, current }: { readonly trace: Trace; readonly current: number }) {
  const [measure, { width }] = useSize<HTMLDivElement>();
  const count = trace.steps.length;
  const runs = useMemo(() => runsOf(trace), [trace]);
  const oops = troubleStep(trace);
  const height = trace.tasks.length * TASK_HEIGHT + 1;
  // A step stands where the slider's thumb stands for it; a run begins half a step before its first.
  const step = width / Math.max(1, count - 1);
  const path = useMemo(
    () =>
      runs
        .map(({ task, first, count: steps }) => {
          const left = Math.max(0, (first - 0.5) * step);
          const wide = Math.max(1, Math.min(width, (first + steps - 0.5) * step) - left - 0.5);
          return `M${left.toFixed(1)} ${task * TASK_HEIGHT + 1}h${wide.toFixed(1)}v${TASK_HEIGHT - 2}h${(-wide).toFixed(1)}z`;
        })
        .join(''),
    [runs, step, width],
  );
  return (
    <div className={css.overview} ref={measure}>
      <svg width={width} height={height} aria-hidden="true">
        <path d={path} className={css.runs} />
        {oops !== undefined && <path d={`M${(oops * step).toFixed(1)} 0v${height}`} className={css.bug} />}
        <path d={`M${(current * step).toFixed(1)} 0v${height}`} className={css.here} />
      </svg>
    </div>
  );
}
