import { describe, expect, it } from 'vitest';
import { nextExperiment } from './experiments.ts';

describe('the next experiment', () => {
  const told = (...commands: string[]) =>
    nextExperiment(commands)
      ?.replace(/^Next: /, '')
      .slice(0, 13);
  const reclaim = 'echo 2 > /proc/sys/vm/drop_caches';

  it('goes from looking to reclaim to holding, and then is silent', () => {
    expect(told()).toBeUndefined();
    expect(told('mkdir instances/i1')).toBe('ls -lR looks ');
    expect(told('mkdir instances/i1', 'ls -lR events')).toBe('reclaim. How ');
    expect(told('ls -lR', reclaim)).toBe('choose a dire');
    expect(told('ls -lR', reclaim, 'exec 3< events/sched')).toBe('reclaim again');
    expect(told('ls -lR', reclaim, 'exec 3< events/sched', reclaim)).toBeUndefined();
  });

  it('does not count a reclaim before anything was looked at', () => {
    expect(told(reclaim)).toBe('ls -lR looks ');
    expect(told(reclaim, 'ls -lR')).toBe('reclaim. How ');
  });
});
