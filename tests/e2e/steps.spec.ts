/** A command step by step: lanes, locks, counts, forward and back by keyboard. */
import type { Page } from '@playwright/test';
import type { Explorer } from './support/explorer.ts';
import { expect, test } from './support/test.ts';

const steps = (page: Page) => page.getByRole('listbox', { name: 'Steps' });

/** What the list says of the current step. */
async function current(page: Page): Promise<string> {
  return (await steps(page).getByRole('option', { selected: true }).getAttribute('aria-label')) ?? '';
}

async function press(explorer: Explorer, key: string): Promise<string> {
  await steps(explorer.page).press(key);
  await explorer.idle();
  return await current(explorer.page);
}

test('keys walk through the steps of a race, forward and back', async ({ explorer, page }) => {
  await explorer.runScenario(/^Run B13, /);
  await expect(steps(page)).toBeFocused();
  expect(await current(page)).toMatch(/^Step 1 of \d+, task shell, starts/);
  expect(await press(explorer, 'ArrowDown')).toMatch(/^Step 2 of/);
  expect(await press(explorer, 'ArrowRight')).toMatch(/^Step 3 of/);
  expect(await press(explorer, 'ArrowUp')).toMatch(/^Step 2 of/);
  const last = await press(explorer, 'End');
  expect(last).toMatch(/^(.*, )?Step (\d+) of \2, /);
  expect(await press(explorer, 'Home')).toMatch(/^Step 1 of/);
  await explorer.press('Go to the kernel bug');
  expect(await current(page)).toMatch(
    /^kernel bug, Step \d+ of \d+, task A, d_instantiate: kernel BUG at fs\/dcache\.c/,
  );
  expect(await press(explorer, 'Shift+ArrowUp')).toMatch(/task A, tracefs_get_inode/);
  await explorer.press('Step forward');
  expect(await current(page)).toMatch(/task B, d_instantiate: instantiate events\/timer\/timer_cancel/);
});

test('counts, locks and the call stack are those of the step', async ({ explorer, page }) => {
  await explorer.runScenario(/^Run B13, /);
  await explorer.press('Go to the kernel bug');
  await explorer.press('Step back');
  const about = page.getByRole('region', { name: 'About the step' });
  await expect(about).toContainText('instantiate events/timer/timer_cancel');
  const locks = about.getByRole('table', { name: 'Locks after it' });
  await expect(locks.getByRole('row', { name: /^A / })).toContainText('f_pos_lock, i_rwsem of events/timer (shared)');
  await expect(about.getByRole('link', { name: 'd_instantiate' })).toHaveAttribute('href', /fs\/dcache\.c/);
  const tree = page.getByRole('region', { name: 'Rows of the tree' });
  const row = (path: string) => tree.getByRole('listitem', { name: new RegExp(`^${path}: `) });
  await expect(row('events/timer/timer_cancel')).toHaveAccessibleName(/held, d_count 3.*, touched by this step$/);
  await steps(page).press('Home');
  await explorer.idle();
  await expect(row('events/timer/timer_cancel')).toHaveAccessibleName(/: no dentry$/);
});

test('what a step read and wrote is there when it is asked for', async ({ explorer, page }) => {
  await explorer.runScenario(/^Run B13, /);
  await explorer.press('Go to the kernel bug');
  await explorer.press('Step back');
  const about = page.getByRole('region', { name: 'About the step' });
  await about.getByText('What it read and wrote').click();
  await explorer.idle();
  const fields = about.getByRole('table', { name: 'Fields that the step used' });
  await expect(fields.getByRole('row', { name: /^dentry \d+ inode 0 → \d+$/ })).toBeVisible();
});

test('a slider, buttons and a table show the same steps', async ({ explorer, page }) => {
  await explorer.runScenario(/^Run B1, Close puts/);
  const slider = page.getByRole('slider', { name: 'Step' });
  await slider.fill('8');
  await explorer.idle();
  expect(await current(page)).toMatch(
    /^invariant broken, Step 8 of 18, .*breaks I1: d_count of events\/kprobes\/kp2 is −1/,
  );
  await expect(slider).toHaveAttribute('aria-valuetext', /^invariant broken, Step 8 of 18/);
  await page.getByRole('region', { name: 'Steps', exact: true }).getByRole('switch', { name: 'Show as table' }).click();
  const table = page.getByRole('table', { name: 'Steps as a table' });
  await expect(table.getByRole('columnheader')).toHaveText([
    'step',
    'task',
    'function',
    'what it did',
    'holds',
    'dentries',
    'unused',
  ]);
  await table.getByRole('button', { name: 'Go to step 3', exact: true }).click();
  await expect(page.getByText('step 3 of 18')).toBeVisible();
});

test('turns that a design never comes to are said', async ({ explorer, page }) => {
  await explorer.runScenario(/^Run B13, /);
  await page.getByRole('combobox', { name: 'Kernel' }).selectOption({ label: 'B eventfs v6.8-rc2' });
  await explorer.idle();
  await expect(page.getByText(/^Not reached on eventfs v6\.8-rc2: .*A@tracefs_get_inode/)).toBeVisible();
});

test('any command of the log can be stepped, on any kernel, however long', async ({ explorer, page }) => {
  await explorer.press('mkdir instance');
  await explorer.show('Steps');
  await expect(page.getByText('The command makes more than 4,000 steps: these are the first.')).toBeVisible();
  await steps(page).press('End');
  await explorer.idle();
  expect(await current(page)).toMatch(/^Step 4,000 of 4,000, task shell, /);
  expect(await steps(page).getByRole('option').count()).toBeLessThan(120);
  const before = await explorer.allReadings();
  await page.getByRole('combobox', { name: 'Kernel' }).selectOption({ label: 'B Linux 6.12' });
  await explorer.idle();
  expect(await current(page)).toMatch(/^Step 1 of /);
  expect(await explorer.allReadings()).toEqual(before);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('views are chosen from a list, and nothing scrolls sideways', async ({ explorer, page }) => {
    for (const view of ['designs', 'scenarios', 'steps']) {
      await page.getByRole('combobox', { name: 'View' }).selectOption(view);
      await explorer.idle();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([view, overflow]).toEqual([view, 0]);
    }
    await page.getByRole('combobox', { name: 'View' }).selectOption('scenarios');
    await page.getByRole('button', { name: /^Run B13, / }).click();
    await steps(page).waitFor();
    await explorer.idle();
    await expect(explorer.bug).toContainText('kernel BUG at fs/dcache.c:2031!');
    await explorer.press('Explain');
    await expect(explorer.bug).toContainText('d_instantiate gives a dentry its inode, once in its life');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
  });
});
