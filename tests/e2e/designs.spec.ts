/** Designs in lockstep, and the two bugs that made history: September 2023 and January 2024. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './support/test.ts';

const OLD = 'eventfs v6.6-rc2';
const NEW = 'eventfs v6.6';

test('designs are picked on the timeline and run the same log side by side', async ({ explorer, page }) => {
  await explorer.show('Designs');
  const timeline = page.getByRole('region', { name: 'Timeline of designs' });
  const box = (name: string) => timeline.getByRole('checkbox', { name, exact: true });
  await expect(box('native')).toBeChecked();
  await expect(box('eventfs v6.12')).toBeChecked();
  await box('native').uncheck();
  await box('eventfs v6.12').uncheck();
  await expect(explorer.button('Run in lockstep')).toHaveAccessibleDescription(/choose two to four designs/);
  for (const design of [OLD, NEW, 'eventfs v6.7']) await box(design).check();
  await expect(page.getByRole('article')).toHaveCount(3);
  await page.getByRole('combobox', { name: 'Machine' }).selectOption('small');
  await explorer.press('Run in lockstep');
  for (const design of [OLD, NEW, 'eventfs v6.7'])
    await expect(page.getByRole('switch', { name: `Show ${design}`, exact: true })).toBeChecked();
  await explorer.run('ls -l events/sched > /dev/null');
  const [old, latest] = await Promise.all([
    explorer.reading('dentries', OLD),
    explorer.reading('dentries', 'eventfs v6.7'),
  ]);
  expect(old.change).toMatch(/^\+\d/);
  expect(latest.change).toMatch(/^\+\d/);
});

test('a design has its card: what it does, structures with sizes, bugs, commits', async ({ explorer, page }) => {
  await explorer.show('Designs');
  await page.getByRole('checkbox', { name: OLD, exact: true }).check();
  const card = page.getByRole('article', { name: OLD });
  await expect(card).toContainText('drops one reference on each that has a dentry');
  await expect(card).toContainText('eventfs_file96 B');
  await expect(card.getByRole('button', { name: /^Run B1, / })).toBeVisible();
  await expect(card.getByRole('link', { name: '63940449555e' })).toHaveAttribute('href', /git\.kernel\.org/);
});

test('September 2023: the count goes wrong on v6.6-rc2 and stays right on v6.6', async ({ explorer, page }) => {
  await explorer.show('Designs');
  await page.getByRole('checkbox', { name: OLD, exact: true }).check();
  await page
    .getByRole('article', { name: OLD })
    .getByRole('button', { name: /^Run B1, / })
    .click();
  await page.getByRole('listbox', { name: 'Steps' }).waitFor();
  await explorer.idle();
  await expect(explorer.bug).toContainText('I1: d_count of events/kprobes/kp2 is −1');
  await explorer.show('Explorer');
  expect(await explorer.sentence()).toMatch(/^Invariant broken on A: I1: d_count of events\/kprobes\/kp2 is −1/);
  expect(await explorer.state('events/kprobes/kp2', OLD)).toBe('broken, d_count −1');
  expect(await explorer.state('events/kprobes/kp2', NEW)).toBe('no dentry');
});

test('September 2023 in short: silence and −1 on the VFS of 6.6, a warning on 6.6.144', async ({ explorer, page }) => {
  await explorer.runScenario(/^Run B1, Close drives the count of a directory below 0/);
  await expect(explorer.bug).toContainText('I1: d_count of events/kprobes/kp2 is −1');
  await explorer.show('Explorer');
  expect(await explorer.state('events/kprobes/kp2', OLD)).toBe('broken, d_count −1');
  expect(await explorer.state('events/kprobes/kp2', NEW)).toBe('cached, d_count 0');

  await explorer.show('Scenarios');
  await explorer.press('Close drives the count of a directory below 0');
  await page.getByRole('combobox', { name: 'VFS' }).selectOption('6.6.144');
  await explorer.press('Run B1');
  await expect(explorer.bug.getByRole('heading', { name: 'WARNING: at fs/dcache.c:794 dput' }).first()).toBeVisible();
  await explorer.show('Explorer');
  await expect(explorer.bug).toContainText('dput drops a reference, and there was none left to drop');
  await expect(explorer.logEntry(5)).toHaveAccessibleName(new RegExp(`kernel bug on ${OLD}`));
  expect(await explorer.state('events/kprobes/kp2', OLD)).toBe('cached, d_count 0');
});

test('January 2024: kernel BUG at fs/dcache.c:2031!, with the stacks of both tasks', async ({ explorer, page }) => {
  await explorer.runScenario(/^Run B13, /);
  await expect(explorer.bug).toContainText('kernel BUG at fs/dcache.c:2031!');
  await explorer.show('Explorer');
  expect(await explorer.sentence()).toMatch(/^Kernel bug on A: kernel BUG at fs\/dcache\.c:2031! in task A\./);
  const stack = (name: string) => explorer.bug.getByRole('region', { name }).getByRole('listitem');
  expect(await stack('Call stack of task A').allInnerTexts()).toEqual([
    ...['d_instantiate', 'create_dir_dentry', 'eventfs_root_lookup', '__lookup_slow', 'lookup_one_len'],
    ...['eventfs_start_creating', 'create_dir_dentry', 'eventfs_iterate', 'iterate_dir'],
  ]);
  expect((await stack('Call stack of task B at that moment').allInnerTexts()).at(-1)).toBe('iterate_dir');
  await expect(explorer.bug.getByRole('region', { name: 'Task A keeps' })).toContainText(
    'i_rwsem of timer (shared): nobody can create or remove anything there',
  );

  await explorer.show('Scenarios');
  await explorer.press('Two readers of one directory instantiate the same dentry');
  await page.getByRole('combobox', { name: 'VFS' }).selectOption('6.6.144');
  await explorer.press('Run B13');
  await expect(explorer.bug).toContainText('kernel BUG at fs/dcache.c:2040!');
});

test('a scenario is undone by one press, and travels in a link', async ({ explorer, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await explorer.press('mkdir instance');
  const before = await explorer.allReadings();
  await explorer.runScenario(/^Run B13, /);
  await explorer.button('Share').click();
  await expect(page.getByText('Link copied')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await explorer.press('undo');
  expect(await explorer.allReadings()).toEqual(before);
  await page.goto('about:blank');
  await explorer.open(link.slice(link.indexOf('#')));
  await expect(explorer.bug).toContainText('kernel BUG at fs/dcache.c:2031!');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('axe finds nothing in the views of designs, scenarios and steps', async ({ explorer, page }) => {
      const check = async () => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
      };
      await explorer.show('Designs');
      await check();
      await explorer.show('Scenarios');
      await check();
      await explorer.runScenario(/^Run B13, /);
      await check();
      await explorer.show('Explorer');
      await check();
    });
  });
}
