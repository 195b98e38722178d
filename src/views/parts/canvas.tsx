/** Owns a canvas: its size in device pixels and when it is drawn. What is drawn is a function of src/render. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ensure } from '../../base/assert.ts';
import { fitCanvas, type Pen } from '../../render/pen.ts';
import { usePixelRatio } from './size.ts';

interface CanvasProps {
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Draws everything, in CSS pixels, on an empty canvas. A new function means a new picture. */
  readonly draw: (pen: Pen) => void;
  readonly className?: string | undefined;
}

/** Stands inside an element with role="img" and the picture's name; the second form stands beside that. */
export function Canvas({ width, height, draw, className }: CanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const ratio = usePixelRatio();
  const fonts = useLoadedFonts();
  // biome-ignore lint/correctness/useExhaustiveDependencies: text is drawn again when its font has arrived
  useLayoutEffect(() => {
    const canvas = ensure(ref.current, 'the canvas is mounted');
    const pen = ensure(canvas.getContext('2d'), 'a canvas has a 2D context');
    fitCanvas(canvas, pen, width, height, ratio);
    draw(pen);
  }, [width, height, draw, ratio, fonts]);
  return <canvas ref={ref} className={className} style={{ width, height }} />;
}

/** Counts the batches of fonts that have arrived since. */
function useLoadedFonts(): number {
  const [batches, setBatches] = useState(0);
  useEffect(() => {
    const arrived = () => setBatches((n) => n + 1);
    document.fonts.addEventListener('loadingdone', arrived);
    return () => document.fonts.removeEventListener('loadingdone', arrived);
  }, []);
  return batches;
}
