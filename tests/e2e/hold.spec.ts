/** Who could give this memory back? What is open stays; what nobody keeps goes. */
import { expect, test } from './support/test.ts';

test('an open directory stays through reclaim, and goes once it is closed', async ({ explorer, page }) => {
  await explorer.choose('events/sched');
  await explorer.press('open dir');
  await expect(page.getByRole('region', { name: 'Open files' })).toContainText('events/sched');
  expect(await explorer.state('events/sched', 'Linux 6.12')).toMatch(/^held, d_count/);
  await explorer.press('reclaim');
  expect(await explorer.state('events/sched', 'Linux 6.12')).toMatch(/^held, d_count/);

  await explorer.press('close fd 3, events/sched');
  expect(await explorer.state('events/sched', 'Linux 6.12')).toMatch(/^cached, d_count 0/);
  // The second pass frees what the first one spared as REFERENCED.
  await explorer.press('reclaim');
  await explorer.press('reclaim');
  expect(await explorer.state('events/sched', 'Linux 6.12')).toBe('no dentry');
  expect(await explorer.state('events/sched', 'Linux 6.1')).toMatch(/^pinned, d_count/);
});

test('who holds a row is told by name, with the command and its step', async ({ explorer, page }) => {
  const who = page.getByRole('region', { name: 'Who holds it' });
  await expect(who).toHaveCount(0);
  await explorer.choose('events/sched');
  await explorer.press('open dir');
  await expect(who).toContainText('d_count');
  const lines = who.getByRole('listitem');
  await expect(lines.filter({ hasText: /^open file, fd 3 since command 1, its step$/ })).toHaveCount(2);
  await expect(lines.filter({ hasText: /^its creation, until it is removed since boot$/ })).toHaveCount(1);

  await who.getByRole('button', { name: 'enable', exact: true }).first().click();
  await explorer.idle();
  await expect(await explorer.row('events/sched/enable')).toHaveAttribute('aria-selected', 'true');
  await expect(who).toContainText('events/sched/enable');

  await explorer.choose('events/sched');
  await who
    .getByRole('button', { name: /^its step: open file, fd 3/ })
    .last()
    .click();
  await explorer.idle();
  await expect(page.getByRole('region', { name: /^Step \d+/ })).toContainText('What it did');
});

test('a row that was freed stays chosen, as freed', async ({ explorer, page }) => {
  const who = page.getByRole('region', { name: 'Who holds it' });
  await explorer.press('mkdir instance');
  await explorer.choose('instances/i1');
  await explorer.press('rmdir instance');
  await expect(who).toContainText('instances/i1, freed');
  await expect(page.getByRole('region', { name: 'Actions' })).toContainText('instances/i1 (freed)');
  await explorer.press('undo');
  await expect(who).toContainText('d_count');
  await expect(await explorer.row('instances/i1')).toHaveAttribute('aria-selected', 'true');
});

test('rmdir of an instance with a file open is refused where the kernel refuses it', async ({ explorer }) => {
  await explorer.press('mkdir instance');
  await explorer.run('exec 3< instances/i1/events/header_page');
  await explorer.press('rmdir instance');
  expect(await explorer.sentence()).toContain('EBUSY');
  await expect(explorer.logEntry(3)).toHaveAccessibleName(/no change on Linux 6\.12, EBUSY/);
  expect((await explorer.reading('dentries', 'Linux 6.12')).change).toBe('0');
  expect(await explorer.state('instances/i1', 'Linux 6.12')).toMatch(/^pinned/);
});

test('a kprobe event appears under an open directory', async ({ explorer }) => {
  await explorer.press('add kprobe event');
  await explorer.choose('events/kprobes');
  await explorer.press('open dir');
  await explorer.press('add kprobe event');
  await explorer.expand('events/kprobes');
  await explorer.choose('events/kprobes/ev2');
  expect(await explorer.state('events/kprobes/ev2', 'Linux 6.1')).toMatch(/^pinned/);
  expect(await explorer.state('events/kprobes/ev2', 'Linux 6.12')).toBe('no dentry');
  await explorer.press('remove kprobe event');
  await explorer.press('remove kprobe event');
  // 6.12 unhashes the directory of a removed group only when its name is looked up again (eventfs_d_revalidate).
  expect(await explorer.state('events/kprobes', 'Linux 6.12')).toMatch(/^held/);
  await explorer.press('close fd 3, events/kprobes');
  await explorer.press('reclaim');
  await expect(explorer.tree.getByRole('row', { name: /^kprobes,/ })).toHaveCount(0);
});
