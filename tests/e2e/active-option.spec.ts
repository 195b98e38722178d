/** A list of which only the rows near the view exist names as its active option one that is on the page, or none. */
import type { Locator } from '@playwright/test';
import { expect, test } from './support/test.ts';

/** The option that a listbox names, and how many elements of the page have that name. */
const namedBy = (list: Locator) =>
  list.evaluate((element) => {
    const id = element.getAttribute('aria-activedescendant');
    return { isNamed: id !== null, found: id === null ? 0 : document.querySelectorAll(`[id="${id}"]`).length };
  });

test('of the steps, wherever one scrolls', async ({ explorer, page }) => {
  await explorer.runScenario(/^Run B13, /);
  const steps = page.getByRole('listbox', { name: 'Steps' });
  for (const key of ['End', 'Home']) {
    await steps.press(key);
    await explorer.idle();
    expect(await namedBy(steps)).toEqual({ isNamed: true, found: 1 });
  }
  await steps.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await explorer.idle();
  expect(await namedBy(steps)).toEqual({ isNamed: true, found: 1 });
});

test('of the commands, which scroll away from it', async ({ explorer, page }) => {
  await page.setViewportSize({ width: 900, height: 800 });
  for (let i = 0; i < 40; i++) await explorer.run(':');
  const commands = page.getByRole('listbox', { name: 'Commands' });
  expect(await namedBy(commands)).toEqual({ isNamed: true, found: 1 });
  await commands.evaluate((element) => element.scrollTo(0, 0));
  await expect(explorer.logEntry(40)).toHaveCount(0);
  expect(await namedBy(commands)).toEqual({ isNamed: false, found: 0 });
});
