/** The tree: filters only look, and a keyboard is enough. */
import { expect, test } from './support/test.ts';

test('filtering and hovering change no count', async ({ explorer, page }) => {
  const before = await explorer.allReadings();
  await page.getByLabel('Filter by name').fill('sched_switch');
  await explorer.idle();
  await (await explorer.row('events/sched/sched_switch')).hover();
  await expect(page.getByText(/^1 found, [\d,]+ hidden$/)).toBeVisible();
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
