/** The shell line, and input that no kernel takes. Nothing freezes, nothing is lost. */
import { expect, test } from './support/test.ts';

test('prints what a command prints, for each kernel', async ({ explorer, page }) => {
  await explorer.run('cat events/sched/sched_switch/enable; wc -l < events/header_page');
  await expect(page.getByRole('region', { name: 'Shell' }).getByText('0').first()).toBeVisible();
});

test('a refused line changes nothing and stays to be mended', async ({ explorer, page }) => {
  await explorer.run('mkdir instances/i1');
  const before = await explorer.allReadings();
  await explorer.run('for i in 1 2; do');
  await expect(
    page.getByRole('region', { name: 'Shell' }).getByText(/^sh: syntax error, line \d+ column \d+: /),
  ).toBeVisible();
  await expect(explorer.shell).toHaveValue('for i in 1 2; do');
  expect(await explorer.allReadings()).toEqual(before);
  await expect(explorer.logEntry(2)).toHaveCount(0);
});

test('the kernel judges names, in its own words', async ({ explorer, page }) => {
  const name = page.getByLabel('Instance name');
  await name.fill('x'.repeat(256));
  await explorer.press('mkdir instance');
  expect(await explorer.sentence()).toContain('ENAMETOOLONG');
  await name.fill('a/b');
  await explorer.press('mkdir instance');
  expect(await explorer.sentence()).toContain('ENOENT');
  await name.fill("it's $(here) *");
  await explorer.press('mkdir instance');
  expect((await explorer.reading('dentries', 'Linux 6.12')).change).toBe('+86');
  await explorer.press('mkdir instance');
  expect(await explorer.sentence()).toContain('EEXIST');
});

test('history comes back with the arrow keys, help with its name', async ({ explorer, page }) => {
  await explorer.run('pwd');
  await explorer.shell.press('ArrowUp');
  await expect(explorer.shell).toHaveValue('pwd');
  await explorer.shell.press('ArrowDown');
  await explorer.run('help');
  await expect(page.getByRole('dialog', { name: 'Keys and help' })).toBeVisible();
});

test('10,000 instances can be cancelled, and the page goes on', async ({ explorer, page }) => {
  const before = await explorer.allReadings();
  await page.getByLabel('Number of instances').fill('10000');
  await explorer.button('mkdir instance').click();
  const outcome = page
    .getByRole('region', { name: 'Last command' })
    .getByRole('button', { name: 'Cancel' })
    .or(page.getByRole('region', { name: 'Shell' }).getByText(/memory|MiB|GiB|budget/i));
  await outcome.first().waitFor();
  const cancel = page.getByRole('region', { name: 'Last command' }).getByRole('button', { name: 'Cancel' });
  if ((await cancel.count()) > 0) await cancel.click();
  await explorer.idle();
  expect(await explorer.allReadings()).toEqual(before);
  await explorer.run('pwd');
  await expect(explorer.logEntry(1)).toHaveAccessibleName(/pwd/);
});

test('an action that is not offered says why', async ({ explorer }) => {
  const open = explorer.button('open dir');
  await expect(open).toHaveAttribute('aria-disabled', 'true');
  await expect(open).toHaveAccessibleDescription('open dir: choose a directory first');
});
