/** One strip: its title with the figures under the cursor, and the drawing. */
import { useMemo } from 'react';
import { formatCount } from '../../base/format.ts';
import type { Pen } from '../../render/pen.ts';
import { layoutStrip } from '../../render/strip.ts';
import { drawStrip, type StripMarks } from '../../render/strip-draw.ts';
import type { XScale } from '../../state/xscale.ts';
import { CANVAS_FONTS } from '../../ui/tokens.ts';
import { KERNEL_DASHES, KERNEL_TOKENS, kernelColour } from '../marks/marks.ts';
import { usePalette } from '../marks/use-palette.ts';
import { Canvas } from '../parts/canvas.tsx';
import { useSize } from '../parts/size.ts';
import css from './counts.module.css';
import { type Counted, figureAt, type Line, positionWords } from './position-words.ts';

const LINE_WIDTH = 2;

interface StripProps {
  readonly counted: Counted;
  readonly lines: readonly Line[];
  readonly scale: XScale;
  readonly width: number;
  readonly ownScale: boolean;
  readonly marks: Omit<StripMarks, 'axis'>;
  /** Position whose figures stand beside the title. */
  readonly readout: number | undefined;
}

export function Strip({ counted, lines, scale, width, ownScale, marks, readout }: StripProps) {
  const [ref, { height }] = useSize<HTMLDivElement>();
  const palette = usePalette();
  const layout = useMemo(() => {
    const series = lines.map(({ channel, info, series: all }) => ({
      label: info.letter,
      values: all[counted],
      colour: palette[KERNEL_TOKENS[channel]],
      dash: KERNEL_DASHES[channel],
    }));
    return layoutStrip({ axis: scale, height, series, ownScale, format: formatCount });
  }, [lines, counted, palette, scale, height, ownScale]);

  const { count, cursor, chosen } = marks;
  const draw = useMemo(() => {
    const { panel, rule, control, faint, accent } = palette;
    const { axis: axisFont, figure: figureFont } = CANVAS_FONTS;
    const theme = { panel, rule, control, faint, accent, axisFont, figureFont, lineWidth: LINE_WIDTH };
    return (pen: Pen) => drawStrip(pen, layout, { axis: scale, count, cursor, chosen }, theme);
  }, [layout, scale, count, cursor, chosen, palette]);

  return (
    <div className={css.strip}>
      <div className={css.title}>
        <span className={css.counted}>
          {counted}
          {ownScale && ', own scale per kernel'}
        </span>
        {readout !== undefined && <Readout position={readout} counted={counted} lines={lines} />}
      </div>
      <div className={css.plot} ref={ref}>
        {height > 0 && <Canvas width={width} height={height} draw={draw} className={css.canvas} />}
      </div>
    </div>
  );
}

interface ReadoutProps {
  readonly position: number;
  readonly counted: Counted;
  readonly lines: readonly Line[];
}

function Readout({ position, counted, lines }: ReadoutProps) {
  return (
    <span className={css.readout}>
      <span className={css.where}>{positionWords(position)}</span>
      {lines.map(({ channel, info, series }) => (
        <span key={channel} style={{ color: kernelColour(channel) }}>
          {info.letter} {figureAt(series[counted], position)}
        </span>
      ))}
    </span>
  );
}
