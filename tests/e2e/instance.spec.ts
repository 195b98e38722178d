/** What one tracing instance costs: the reason the explorer exists. Figures are those of the recorded machines. */
import { expect, test } from './support/test.ts';

test('the first visit says what to press', async ({ explorer }) => {
  expect(await explorer.sentence()).toBe(
    'Press “mkdir instance” to see what one tracing instance costs on Linux 6.1 and on Linux 6.12.',
  );
  for (const kernel of ['Linux 6.1', 'Linux 6.12'] as const) {
    expect((await explorer.reading('dentries', kernel)).change).toBe('0');
  }
});

test('mkdir instance makes 9,649 dentries and inodes on 6.1, and 86 on 6.12', async ({ explorer }) => {
  await explorer.press('mkdir instance');
  for (const figure of ['dentries', 'inodes'] as const) {
    expect((await explorer.reading(figure, 'Linux 6.1')).change).toBe('+9,649');
    expect((await explorer.reading(figure, 'Linux 6.12')).change).toBe('+86');
  }
  expect(await explorer.sentence()).toBe(
    'mkdir instances/i1 made 9,649 dentries and 9,649 inodes on A, 86 and 86 on B.',
  );
  await expect(explorer.logEntry(1)).toHaveAccessibleName(
    'Command 1, mkdir instances/i1: +9,649 dentries on Linux 6.1, +86 dentries on Linux 6.12',
  );
});

test('rmdir and undo bring the counts back', async ({ explorer }) => {
  const before = await explorer.reading('dentries', 'Linux 6.1');
  await explorer.press('mkdir instance');
  await explorer.press('rmdir instance');
  expect((await explorer.reading('dentries', 'Linux 6.1')).value).toBe(before.value);
  expect((await explorer.reading('dentries', 'Linux 6.1')).change).toBe('−9,649');
  await explorer.press('undo');
  await explorer.page.keyboard.press('Control+z');
  await explorer.idle();
  expect(await explorer.reading('dentries', 'Linux 6.1')).toEqual(before);
});

test('a figure opens the list of the objects behind it', async ({ explorer, page }) => {
  await explorer.press('mkdir instance');
  await page.getByRole('button', { name: '+86 dentries on Linux 6.12 by the last command' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('table')).toBeVisible();
  await expect(dialog.getByRole('link').first()).toHaveAttribute('href', /^https:\/\//);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('several instances are one command and one undo', async ({ explorer, page }) => {
  await page.getByLabel('Number of instances').fill('3');
  await explorer.press('mkdir instance');
  expect((await explorer.reading('dentries', 'Linux 6.12')).change).toBe(`+${3 * 86}`);
  await expect(explorer.logEntry(1)).toHaveAccessibleName(/^Command 1, for i in \$\(seq 1 3\); do/);
  await explorer.press('undo');
  await expect(explorer.logEntry(1)).toHaveCount(0);
});
