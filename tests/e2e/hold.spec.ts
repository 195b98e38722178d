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
