/** Looking never changes a count, however much of the tree one looks at. */
import { expect, test } from './support/test.ts';

test.use({ trace: 'off' }); // a snapshot for each of a thousand keys takes four times as long as the test

test('opening every row changes no count', async ({ explorer, page }) => {
  const before = await explorer.allReadings();
  const keys = async (...names: readonly string[]) => {
    for (const name of names) await page.keyboard.press(name);
    await explorer.idle();
  };
  const focused = page.locator('[role="row"]:focus');
  const level = () => focused.getAttribute('aria-level');
  const isGroup = async () => (await focused.getAttribute('aria-expanded')) !== null;
  await explorer.choose('events');
  await keys('*'); // the directories at the top
  await keys('ArrowDown', '*'); // the groups of events
  let groups = 0;
  // Each group in turn: open all events in it, then close it, so that the next one is the row below.
  while ((await level()) === '2') {
    if (await isGroup()) {
      await keys('ArrowRight', '*');
      while ((await level()) !== '2') await keys('ArrowLeft');
      await keys('ArrowLeft');
      groups++;
    }
    await keys('ArrowDown');
  }
  expect(groups).toBeGreaterThan(100);
  expect(await explorer.allReadings()).toEqual(before);
});
