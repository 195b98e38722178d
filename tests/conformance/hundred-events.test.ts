import { expect, it, vi } from 'vitest';
import { hundredEvents } from './hundred-events.ts';
import { loadMachine } from './machines.ts';
import { recordedKernels, recordedRun } from './recorded.ts';

vi.setConfig({ testTimeout: 60_000 }); // seconds at most, but two cores may run much else

const systemsOf = (paths: readonly string[]) => new Set(paths.map((path) => path.split('/')[1]));
const eventOf = (path: string) => path.split('/')[2] ?? '';

it.each(recordedKernels())('the 200 events of family E on %s are what its counts say', (kernel) => {
  const { dirs, files } = hundredEvents(kernel, loadMachine(kernel).catalogue);
  const events = [...dirs, ...files.map((file) => file.replace(/\/enable$/, ''))];
  expect(new Set(events).size).toBe(200);
  expect(dirs).toHaveLength(100);

  const { steps } = recordedRun(kernel, 'E');
  const inodes = (i: number) => (steps[i]?.after.counters.nrInodes ?? 0) - (steps[i]?.before.counters.nrInodes ?? 0);
  const madeByLookup = kernel !== 'linux-6.1.0-56-amd64';
  const madeByOpen = kernel.match(/v6\.6|v6\.7/) ? 600 : 0; // the children of the opened directories
  if (madeByLookup) {
    expect(systemsOf(dirs).size + 100 + madeByOpen).toBe(inodes(5));
    expect(systemsOf(events).size - systemsOf(dirs).size + 200).toBe(inodes(6));
  }
  const longNames = (paths: readonly string[]) => paths.filter((path) => eventOf(path).length >= 32).length;
  expect([longNames(dirs), longNames(files)]).toEqual([0, kernel.startsWith('linux-') ? 0 : 1]);
});
