/** The tree: looking at it never changes a count, and a keyboard is enough. */
import { expect, test } from './support/test.ts';

test('opening every row changes no count', async ({ explorer, page }) => {
  test.slow();
  const before = await explorer.allReadings();
  const key = async (name: string) => {
    await page.keyboard.press(name);
    await explorer.idle();
  };
  const current = () => page.locator('[role="row"]:focus');
  await explorer.choose('events');
  await key('ArrowRight');
  // Each group of events in turn: open it, open all in it, close it again.
  let last = '';
  for (;;) {
    const name = (await current().getAttribute('aria-label')) ?? '';
    if (name === last) break;
    last = name;
    if ((await current().getAttribute('aria-level')) === '2' && name.includes(', directory')) {
      for (const step of ['ArrowRight', 'ArrowRight', '*', 'ArrowLeft', 'ArrowLeft']) await key(step);
    }
    await key('ArrowDown');
    if ((await current().getAttribute('aria-level')) === '1') break;
  }
  expect(await explorer.allReadings()).toEqual(before);
});

test('filtering and hovering change no count', async ({ explorer, page }) => {
  const before = await explorer.allReadings();
  await page.getByLabel('Filter by name').fill('sched_switch');
  await explorer.idle();
  await (await explorer.row('events/sched/sched_switch')).hover();
  await page.getByLabel('Filter by name').fill('xyz');
  await explorer.idle();
  await expect(page.getByText(/^No name contains “xyz”\. [\d,]+ entries hidden\.$/)).toBeVisible();
  await explorer.press('Clear filter');
  expect(await explorer.allReadings()).toEqual(before);
});

test('the tree by keyboard only: from the skip link to an open directory', async ({ explorer, page }) => {
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the tree' })).toBeFocused();
  await page.keyboard.press('Enter');
  const focused = page.locator('[role="row"]:focus');
  for (let i = 0; i < 12 && (await focused.count()) === 0; i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Home');
  await page.keyboard.type('events');
  await explorer.idle();
  await expect(focused).toHaveAccessibleName(/^events, directory/);
  await page.keyboard.press('ArrowRight');
  await explorer.idle();
  await page.keyboard.type('sched');
  await explorer.idle();
  await expect(focused).toHaveAccessibleName(/^sched, directory/);
  await page.keyboard.press(' ');
  await page.keyboard.press('Alt+o');
  await explorer.idle();
  await expect(focused).toHaveAccessibleName(
    /^sched, directory, fd 3; Linux 6\.1: pinned, d_count \d+; Linux 6\.12: held/,
  );
  await page.keyboard.press('Alt+c');
  await explorer.idle();
  await expect(focused).toHaveAccessibleName(/^sched, directory; /);
});
