import { describe, expect, it } from 'vitest';
import { Cancelled, Runner } from './runner.ts';

/** A clock that goes on by one whenever it is looked at. */
const ticking = () => {
  let now = 0;
  return () => now++;
};

describe('a runner', () => {
  it('lets messages in after every slice, and tells how long it has run', async () => {
    const runner = new Runner({ now: ticking(), sliceMs: 3 });
    const heard: number[] = [];
    const result = await runner.drive(steps(8), (elapsed) => heard.push(elapsed));
    expect(result).toBe('done');
    expect(heard).toEqual([3, 7]);
  });

  it('ends a run that is cancelled at the end of its slice, so that what it holds is given back', async () => {
    const runner = new Runner({ now: ticking(), sliceMs: 1 });
    const left: string[] = [];
    const run = runner.drive(steps(100, left), () => runner.cancel());
    await expect(run).rejects.toThrow(Cancelled);
    expect(left).toEqual(['at 1']);
    expect(await runner.drive(steps(2), () => undefined)).toBe('done');
  });

  it('ends a run whose listener throws', async () => {
    const left: string[] = [];
    const broken = () => {
      throw new RangeError('no ear');
    };
    const run = new Runner({ now: ticking(), sliceMs: 1 }).drive(steps(100, left), broken);
    await expect(run).rejects.toThrow(RangeError);
    expect(left).toEqual(['at 1']);
  });
});

function* steps(count: number, left: string[] = []): Generator<number, string, void> {
  let at = 0;
  try {
    while (at < count) yield ++at;
    return 'done';
  } finally {
    left.push(`at ${at}`);
  }
}
