import { expect, it } from 'vitest';
import { fitCanvas } from './pen.ts';
import { createRecorder } from './testing/recorder.ts';

it('backs a canvas with device pixels and counts in CSS pixels', () => {
  const canvas = { width: 300, height: 150 };
  const recorder = createRecorder();
  fitCanvas(canvas, recorder.pen, 776.5, 80, 1.5);
  expect(canvas).toEqual({ width: 1165, height: 120 });
  expect(recorder.of('setTransform')).toEqual([[1.5, 0, 0, 1.5, 0, 0]]);
  expect(recorder.of('clearRect')).toEqual([[0, 0, 776.5, 80]]);
});

it('does not touch a size that is right already: that would clear and reallocate', () => {
  let writes = 0;
  const canvas = {
    get width() {
      return 200;
    },
    set width(_: number) {
      writes++;
    },
    height: 100,
  };
  fitCanvas(canvas, createRecorder().pen, 100, 50, 2);
  expect(writes).toBe(0);
});
