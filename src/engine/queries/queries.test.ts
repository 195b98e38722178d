import { describe, expect, it } from 'vitest';
import type { RunOutcome } from '../protocol.ts';
import { Driver, quiet } from '../testing/driver.ts';

const LOG = ['mkdir instances/a', 'exec 3< instances/a/events', 'ls -lR instances/a > /dev/null', 'rmdir instances/a'];
const LOOP = 'for i in $(seq 60); do mkdir instances/x$i; rmdir instances/x$i; done';

describe('questions about a command', () => {
  it('leave what is shown where it is, whatever command they are about', async () => {
    const driver = await Driver.boot({ log: LOG });
    await driver.seek(2);
    const before = driver.frame;
    for (const { id } of before.log.slice(1)) {
      const about = { channel: 0, moment: id };
      const { steps } = await driver.ask('trace', about);
      await driver.ask('peek', { ...about, step: Math.trunc(steps.length / 2), expanded: ['instances'] });
      await driver.ask('objects', { ...about, measure: 'dentries', offset: 0, limit: 9 });
    }
    expect(await driver.recount()).toEqual(before);
    expect((await driver.run('ls')).log.at(-1)?.results[0]?.status).toBe(0);
  });

  it('are answered the same again, also from a command that was taken back', async () => {
    const driver = await Driver.boot({ log: LOG });
    const moment = driver.frame.history.cursor;
    const first = await driver.ask('trace', { channel: 0, moment });
    await driver.undo();
    await driver.run('mkdir instances/b');
    expect(await driver.ask('trace', { channel: 0, moment })).toEqual(first);
    expect(first.steps.length).toBeGreaterThan(10);
  });

  it('show the tree as it is after a number of steps, from none to all', async () => {
    const driver = await Driver.boot({ log: LOG.slice(0, 1) });
    const about = { channel: 0, moment: driver.frame.history.cursor };
    const { steps } = await driver.ask('trace', about);
    const has = async (step: number) =>
      (await driver.ask('peek', { ...about, step, expanded: ['instances'] })).some(
        ({ path }) => path === 'instances/a',
      );
    expect([await has(steps.length), await has(0), await has(steps.length)]).toEqual([true, false, true]);
  });

  it('are cancelled by the person, and give way to a command', async () => {
    const driver = await Driver.boot({ log: [LOOP] });
    const { engine } = driver;
    const request = { channel: 0, measure: 'dentries', moment: 1, offset: 0, limit: 9 } as const;
    expect(await engine.ask('objects', request, () => engine.cancel('objects'))).toEqual({ kind: 'cancelled' });
    let ran: Promise<RunOutcome> | undefined;
    const asked = engine.ask('objects', request, () => {
      ran ??= engine.run('mkdir instances/a', quiet);
    });
    expect(await asked).toEqual({ kind: 'superseded' });
    expect((await ran)?.frame.instances).toEqual(['a']);
    expect((await driver.ask('objects', request)).sum).toBe(0);
  });

  it('are not cancelled by who means a command, or another question', async () => {
    const driver = await Driver.boot({ log: [LOOP] });
    const { engine } = driver;
    const request = { channel: 0, measure: 'dentries', moment: 1, offset: 0, limit: 9 } as const;
    const asked = engine.ask('objects', request, () => {
      engine.cancel();
      engine.cancel('tree');
    });
    expect((await asked).kind).toBe('answer');
  });
});
