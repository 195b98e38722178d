import { expect, it } from 'vitest';
import { Driver } from '../testing/driver.ts';

const LOG = ['mkdir instances/a', 'exec 3< events', 'exec 3<&-'];

async function stepsOf(driver: Driver, command: number) {
  const moment = driver.frame.log[command].id;
  const { steps } = await driver.ask('trace', { channel: 0, moment });
  const used = (step: number) => driver.ask('accesses', { channel: 0, moment, step });
  return { steps, used };
}

it('says of each step what it wrote, as it was before and after', async () => {
  const driver = await Driver.boot({ log: LOG });
  const { steps, used } = await stepsOf(driver, 3);
  const dput = steps.findIndex(({ fn }) => fn === 'dput');
  const put = steps[dput].events.find(({ op }) => op === 'put');
  const count = (await used(dput)).find(({ table, field }) => table === 'dentry' && field === 'count');
  expect(count).toMatchObject({ isRead: true, isWritten: true });
  expect(put?.count?.map(String)).toEqual([count?.before, count?.after]);
});

it('is what the figures of a command come from: the steps that wrote a counter are those that changed it', async () => {
  const driver = await Driver.boot({ log: LOG });
  const { steps, used } = await stepsOf(driver, 1);
  let before: number | undefined;
  for (const [i, { counters }] of steps.slice(0, 60).entries()) {
    const written = (await used(i)).find(({ field, isWritten }) => field === 'nrDentry' && isWritten);
    if (before !== undefined && counters.nrDentry !== before)
      expect(written).toMatchObject({ before: String(before), after: String(counters.nrDentry) });
    else if (before !== undefined) expect(written?.before).toBe(written?.after);
    before = counters.nrDentry;
  }
});

it('leaves the state as it is, and nobody listens afterwards', async () => {
  const driver = await Driver.boot({ log: LOG });
  const before = await driver.recount();
  const { steps, used } = await stepsOf(driver, 1);
  await used(Math.trunc(steps.length / 2));
  expect(await driver.recount()).toEqual(before);
  expect(await used(Math.trunc(steps.length / 2))).toEqual(await used(Math.trunc(steps.length / 2)));
});
