import { expect } from '@playwright/test';
import { Explorer } from './support/explorer.ts';
import { test } from './support/slowdown.ts';

test('works without a network after the first load', async ({ page, context }) => {
  const explorer = await new Explorer(page).open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.reload();
  await explorer.idle();
  await explorer.press('mkdir instance');
  expect(await explorer.reading('dentries', 'Linux 6.12')).toEqual({ value: '1,039', change: '+86' });
});
