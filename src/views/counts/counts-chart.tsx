/** The three strips on the x axis that they share with the Log, and the cursor over them. */
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { xScale } from '../../state/xscale.ts';
import { useCurrent, useFrame, useViewContext } from '../context.ts';
import { CHART_GUTTER } from '../parts/chart-gutter.ts';
import { useSize } from '../parts/size.ts';
import css from './counts.module.css';
import { Cursor } from './cursor.tsx';
import { Overview } from './overview.tsx';
import { COUNTED, chartName, type Line } from './position-words.ts';
import { Strip } from './strip.tsx';

interface CountsChartProps {
  readonly lines: readonly Line[];
  readonly ownScale: boolean;
}

export function CountsChart({ lines, ownScale }: CountsChartProps) {
  const [ref, { width }] = useSize<HTMLDivElement>();
  const [cursor, setCursor] = useState<number>();
  const positions = useFrame((frame) => frame.log.length) ?? 1;
  const current = useCurrent();
  const scroll = useStore(useViewContext().stores.xScroll, (s) => s.scroll);
  const plot = Math.max(0, Math.floor(width) - CHART_GUTTER);
  const scale = useMemo(() => xScale(plot, positions, scroll), [plot, positions, scroll]);

  const marks = { count: positions, cursor, chosen: current };
  return (
    <div className={css.chart}>
      <div className={css.strips} ref={ref} role="img" aria-label={chartName(positions)}>
        {COUNTED.map((counted) => (
          <Strip
            key={counted}
            counted={counted}
            lines={lines}
            scale={scale}
            width={width}
            ownScale={ownScale}
            marks={marks}
            readout={cursor ?? (current < positions - 1 ? current : undefined)}
          />
        ))}
      </div>
      <Cursor scale={scale} lines={lines} cursor={cursor} onCursor={setCursor} />
      {scale.total > scale.plot && <Overview lines={lines} scale={scale} />}
    </div>
  );
}
