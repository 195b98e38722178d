import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../session/scenario.ts';
import { Driver, SMALL } from './testing/driver.ts';

/** A shipped scenario on two designs of the small tree. */
async function run(file: string, designs: readonly [string, string], vfs: string) {
  const scenario = parseScenario(readFileSync(`src/scenarios/bugs/${file}`, 'utf8'));
  if (!scenario.ok) throw new Error(scenario.error.message);
  const channels = designs.map((design) => ({ kernel: 'small', design, vfs }));
  return await Driver.boot({ config: { ...SMALL, channels }, log: scenario.value.acts.map((act) => act.text) });
}

describe('what is wrong with a kernel', () => {
  it('is said though the kernel noticed nothing, and at which step it went wrong', async () => {
    const driver = await run('B01-accounting.sh', ['v6.6-rc2', 'v6.6'], '6.6');
    const { frame } = driver;
    expect(frame.channels.map((channel) => channel.title)).toEqual(['eventfs v6.6-rc2', 'eventfs v6.6']);
    const [broken, sound] = frame.log[frame.position]?.results ?? [];
    expect(broken?.breaches[0]).toMatchObject({
      id: 'I1',
      objects: [{ kernel: 0, cache: 'dentry' }],
      text: 'd_count of events/kprobes/kp2 is −1',
    });
    expect(sound?.breaches).toEqual([]);
    expect(frame.log.at(-1)?.sentence).toMatch(/^Invariant broken on A: I1: d_count of events\/kprobes\/kp2 is −1/);
    const { steps, sources } = await driver.ask('trace', { channel: 0, moment: frame.history.cursor });
    const at = steps.find((step) => step.breaches?.some((breach) => breach.id === 'I1'));
    expect(at?.stack).toContain('shrink_dentry_list');
    expect(sources.dput?.source ?? sources.shrink_dentry_list?.source).toBe('fs/dcache.c');
  });

  it('names the task that died, whom it raced, and what it keeps', async () => {
    const { frame } = await run('B13-double-instantiate.sh', ['v6.8-merge', 'v6.8-rc2'], '6.7-rc2');
    const entry = frame.log[frame.position];
    expect(entry?.label).toBe('tasks A and B');
    const [oops] = entry?.results[0]?.oopses ?? [];
    expect(oops).toMatchObject({ text: 'kernel BUG at fs/dcache.c:2031!', task: 'A', fatal: true });
    expect(oops?.others.map(({ task }) => task)).toEqual(['B']);
    expect(oops?.left).toContain('i_rwsem of timer (shared)');
    expect(entry?.results[1]).toMatchObject({ oopses: [], breaches: [] });
  });
});
