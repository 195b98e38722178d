/** A pen that writes down what it is told, so that a test can assert on geometry without pixels. */
import type { Pen } from '../pen.ts';

export interface Recorded {
  readonly call: string;
  readonly args: readonly unknown[];
  /** The styles that held at the call. */
  readonly fillStyle: unknown;
  readonly strokeStyle: unknown;
  readonly lineWidth: number;
  readonly dash: readonly number[];
}

export interface Recorder {
  readonly pen: Pen;
  readonly calls: readonly Recorded[];
  /** Arguments of every call of one name. */
  of(call: string): (readonly unknown[])[];
}

const METHODS = [
  ...['save', 'restore', 'setTransform', 'clearRect', 'fillRect', 'beginPath', 'moveTo', 'lineTo', 'rect', 'arc'],
  ...['clip', 'stroke', 'fill', 'setLineDash', 'fillText', 'strokeText'],
];

export function createRecorder(): Recorder {
  const calls: Recorded[] = [];
  const state: Record<string, unknown> = { fillStyle: '', strokeStyle: '', lineWidth: 1, globalAlpha: 1 };
  let dash: readonly number[] = [];
  for (const call of METHODS) {
    state[call] = (...args: readonly unknown[]) => {
      if (call === 'setLineDash') dash = args[0] as readonly number[];
      const { fillStyle, strokeStyle } = state;
      calls.push({ call, args, fillStyle, strokeStyle, lineWidth: Number(state.lineWidth), dash });
    };
  }
  // The record holds every member of Pen: METHODS are its functions, the rest are plain properties set by the drawing.
  const pen = state as unknown as Pen;
  return { pen, calls, of: (name) => calls.filter(({ call }) => call === name).map(({ args }) => args) };
}
