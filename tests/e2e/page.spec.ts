/** The page itself: accessible in both themes, and whole at every size. */
import AxeBuilder from '@axe-core/playwright';
import { Explorer } from './support/explorer.ts';
import { expect, test } from './support/test.ts';

const SIZES = [
  { name: '1440×900', width: 1440, height: 900 },
  { name: '1920×1080', width: 1920, height: 1080 },
  { name: '1000×800', width: 1000, height: 800 },
  { name: '1280×720 at 200%', width: 640, height: 360 },
  { name: '390×844', width: 390, height: 844 },
] as const;

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme });

    for (const { name, width, height } of [SIZES[0], SIZES[4]]) {
      test(`axe finds nothing at ${name}`, async ({ explorer, page }) => {
        await page.setViewportSize({ width, height });
        await explorer.press('mkdir instance'); // the start page itself: start.spec.ts
        expect(violations(await new AxeBuilder({ page }).analyze())).toEqual([]);
      });
    }

    test('axe finds nothing in the dialogs', async ({ explorer, page }) => {
      for (const open of ['Keys and help', 'dialog of a figure'] as const) {
        if (open === 'Keys and help') await explorer.press(open);
        else await page.getByRole('button', { name: /^dentries on Linux 6\.12:/ }).click();
        await page.getByRole('dialog').waitFor();
        await explorer.idle();
        expect(violations(await new AxeBuilder({ page }).analyze())).toEqual([]);
        await page.keyboard.press('Escape');
      }
    });
  });
}

const violations = (results: {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}) => results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);

for (const { name, width, height } of SIZES) {
  test(`nothing scrolls sideways at ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const explorer = await new Explorer(page).open();
    await explorer.press('mkdir instance');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

for (const [view, start] of [
  ['Explorer', 'Tree'],
  ['Designs', 'Designs'],
  ['Scenarios', 'Scenarios'],
  ['Steps', 'Steps'],
] as const) {
  test(`the skip link of ${view} leads to ${start}, and leaves the address alone`, async ({ explorer, page }) => {
    await explorer.show(view);
    const address = page.url();
    await page.getByRole('link', { name: `Skip to the ${start.toLowerCase()}`, exact: true }).press('Enter');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('region', { name: start, exact: true }).locator(':focus')).toBeVisible();
    expect(page.url()).toBe(address);
  });
}

test('the skip link on a phone leads to the panels', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await new Explorer(page).open();
  await page.getByRole('link', { name: 'Skip to the panels' }).press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('tab', { name: 'Tree' })).toBeFocused();
});

test('the theme switch changes the theme and is remembered', async ({ explorer, page }) => {
  await page.getByRole('switch', { name: 'Dark theme' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await explorer.idle();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('a kernel can be hidden, and the last one cannot', async ({ explorer, page }) => {
  await page.getByRole('switch', { name: 'Show Linux 6.1', exact: true }).click();
  await expect(explorer.tree.getByRole('columnheader', { name: 'Linux 6.1', exact: true })).toHaveCount(0);
  await expect(explorer.tree.getByRole('columnheader', { name: 'Linux 6.12' })).toHaveCount(1);
  await page.getByRole('switch', { name: 'Show Linux 6.12' }).click();
  await expect(explorer.tree.getByRole('columnheader', { name: 'Linux 6.12' })).toHaveCount(1);
});

test('the same event tree on both makes the trees alike', async ({ explorer, page }) => {
  await page.getByRole('switch', { name: 'Same event tree on both' }).click();
  await explorer.idle();
  await explorer.press('mkdir instance');
  const [old, now] = await Promise.all([
    explorer.reading('dentries', 'Linux 6.1'),
    explorer.reading('dentries', 'Linux 6.12'),
  ]);
  expect(old.change).not.toBe('+9,649'); // 6.12 has more events
  expect(now.change).toBe('+86');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('one panel at a time, and all actions in a sheet', async ({ explorer, page }) => {
    await explorer.press('mkdir instance');
    for (const tab of ['Counts', 'Memory', 'Log', 'Tree']) {
      await page.getByRole('tab', { name: tab }).click();
      await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible();
    }
    await page.getByRole('button', { name: 'More actions' }).click();
    await expect(page.getByRole('dialog', { name: 'More actions' })).toContainText('echo 2 > /proc/sys/vm/drop_caches');
    await explorer.press('reclaim');
    await page.getByRole('tab', { name: 'Log' }).click();
    await expect(explorer.logEntry(2)).toHaveCount(1);
  });

  test('what can be pressed is large enough', async ({ page, explorer }) => {
    await explorer.idle();
    const small = await page.locator('button:visible, [role="tab"]:visible').evaluateAll((buttons) =>
      buttons
        .filter((button) => !button.closest('table'))
        .map((button) => ({
          name: button.getAttribute('aria-label') ?? button.textContent,
          ...button.getBoundingClientRect().toJSON(),
        }))
        .filter(({ height }) => height < 44)
        .map(({ name, height }) => `${name}: ${height}`),
    );
    expect(small).toEqual([]);
  });
});
