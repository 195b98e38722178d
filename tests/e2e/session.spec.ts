/** The log is the truth: it outlives a reload, travels in a link, and runs again when the worker dies. */
import { expect, test } from './support/test.ts';

test('a reload keeps the log', async ({ explorer, page }) => {
  await explorer.press('mkdir instance');
  const before = await explorer.allReadings();
  await page.reload();
  await explorer.idle();
  await expect(explorer.logEntry(1)).toHaveAccessibleName(/mkdir instances\/i1/);
  expect(await explorer.allReadings()).toEqual(before);
});

test('a link opens the same log elsewhere, with the same row chosen', async ({ explorer, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await explorer.press('mkdir instance');
  await explorer.choose('instances/i1');
  const before = await explorer.allReadings();
  await explorer.button('Share').click();
  await expect(page.getByText('Link copied')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('#s=');
  await page.evaluate(() => localStorage.clear());
  await explorer.open(link.slice(link.indexOf('#')));
  await page.reload();
  await explorer.idle();
  expect(await explorer.allReadings()).toEqual(before);
  await expect(await explorer.row('instances/i1')).toHaveAttribute('aria-selected', 'true');
});

test('a damaged link is said to be one', async ({ explorer, page }) => {
  await page.goto('about:blank');
  await explorer.open('#s=notreally');
  await expect(page.getByText(/^The link is damaged/)).toBeVisible();
  expect(await explorer.sentence()).toMatch(/^Press “mkdir instance”/);
});

test('a worker that dies is replaced, and nothing is lost', async ({ explorer, page, errors }) => {
  await explorer.press('mkdir instance');
  const before = await explorer.allReadings();
  const [worker] = page.workers();
  const died = page.waitForEvent('worker');
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('provoked by the test');
    });
  });
  await died;
  await explorer.idle();
  expect(await explorer.allReadings()).toEqual(before);
  await expect(explorer.logEntry(1)).toHaveAccessibleName(/mkdir instances\/i1/);
  errors.length = 0; // the provoked one
});

test('reset starts again, and undo brings back what there was', async ({ explorer }) => {
  await explorer.press('mkdir instance');
  const before = await explorer.allReadings();
  await explorer.press('reset');
  await expect(explorer.logEntry(1)).toHaveCount(0);
  await explorer.press('undo');
  expect(await explorer.allReadings()).toEqual(before);
});

test('a command run from the middle starts a branch, and undo brings the old log back', async ({ explorer }) => {
  await explorer.press('mkdir instance');
  await explorer.press('mkdir instance');
  await explorer.logEntry(1).click();
  await explorer.idle();
  await explorer.press('reclaim');
  await expect(explorer.logEntry(2)).toHaveAccessibleName(/drop_caches/);
  await explorer.press('undo');
  await expect(explorer.logEntry(2)).toHaveAccessibleName(/mkdir instances\/i2/);
});

test('redo does again what undo took back, and a reload keeps both', async ({ explorer, page }) => {
  await explorer.press('mkdir instance');
  const after = await explorer.allReadings();
  await page.keyboard.press('Control+z');
  await explorer.idle();
  await expect(explorer.logEntry(1)).toHaveCount(0);
  await page.reload();
  await explorer.idle();
  await page.keyboard.press('Control+Shift+z');
  await explorer.idle();
  expect(await explorer.allReadings()).toEqual(after);
});

test('choosing an earlier command shows the state after it', async ({ explorer, page }) => {
  const boot = await explorer.reading('dentries', 'Linux 6.1');
  await explorer.press('mkdir instance');
  await explorer.press('reclaim');
  await page.getByRole('option', { name: '0 boot' }).click();
  await explorer.idle();
  expect((await explorer.reading('dentries', 'Linux 6.1')).value).toBe(boot.value);
  await explorer.press('Back to the last command');
  expect((await explorer.reading('dentries', 'Linux 6.1')).value).not.toBe(boot.value);
});
