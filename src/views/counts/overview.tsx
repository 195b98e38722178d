/** The whole log in one narrow strip, shown when it is longer than the plot: where in it one is, and how to get elsewhere. */
import { type PointerEvent, useMemo } from 'react';
import { drawOverview, layoutOverview } from '../../render/overview.ts';
import type { Pen } from '../../render/pen.ts';
import type { XScale } from '../../state/xscale.ts';
import { useViewContext } from '../context.ts';
import { KERNEL_TOKENS } from '../marks/marks.ts';
import { usePalette } from '../marks/use-palette.ts';
import { Canvas } from '../parts/canvas.tsx';
import css from './counts.module.css';
import type { Line } from './position-words.ts';

const HEIGHT = 24;

interface OverviewProps {
  readonly lines: readonly Line[];
  readonly scale: XScale;
}

/** Pointer only: the cursor's keys reach every command. */
export function Overview({ lines, scale }: OverviewProps) {
  const { xScroll } = useViewContext().stores;
  const palette = usePalette();
  const layout = useMemo(() => {
    const series = lines.map(({ channel, series: all }) => ({
      values: all.dentries,
      colour: palette[KERNEL_TOKENS[channel]],
    }));
    return layoutOverview(series, scale.plot, HEIGHT);
  }, [lines, scale.plot, palette]);
  const draw = useMemo(() => {
    const seen = { from: scale.scroll / scale.total, to: (scale.scroll + scale.plot) / scale.total };
    return (pen: Pen) => drawOverview(pen, layout, seen, { rule: palette.rule, accent: palette.accent });
  }, [layout, scale, palette]);

  const goTo = (event: PointerEvent<HTMLElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const left = (x / scale.plot) * scale.total - scale.plot / 2;
    xScroll.getState().setScroll(left >= scale.total - scale.plot ? Number.POSITIVE_INFINITY : Math.max(0, left));
  };
  return (
    <div
      className={css.overview}
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        goTo(event);
      }}
      onPointerMove={(event) => event.buttons === 1 && goTo(event)}
    >
      <Canvas width={scale.plot} height={HEIGHT} draw={draw} />
    </div>
  );
}
