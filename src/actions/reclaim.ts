/** Giving memory back: all that can be freed, or as many dentries of tracefs as are asked for. */
import type { InputsState } from '../state/inputs.ts';
import { defineAction } from './action.ts';

export const reclaim = defineAction({
  id: 'memory.reclaim',
  kind: 'shell',
  label: 'reclaim',
  group: 'memory',
  keys: 'Alt+R',
  help: 'has the kernel free every dentry and inode that nobody keeps',
  isOffered: () => true,
  line: () => 'echo 2 > /proc/sys/vm/drop_caches',
});

const amount = (inputs: InputsState): number | undefined =>
  /^[1-9]\d{0,8}$/.test(inputs.dentries.trim()) ? Number(inputs.dentries) : undefined;

export const memoryPressure = defineAction({
  id: 'memory.pressure',
  kind: 'shell',
  label: 'memory pressure',
  group: 'memory',
  help: 'has the shrinker of tracefs scan so many dentries of the LRU',
  isOffered: ({ inputs }) => (amount(inputs) === undefined ? 'the dentries to reclaim are a figure from 1' : true),
  // <memory cgroup> <NUMA node> <objects to scan>: Documentation/admin-guide/mm/shrinker_debugfs.rst
  line: ({ inputs }) => `echo 0 0 ${amount(inputs) ?? 0} > /sys/kernel/debug/shrinker/sb-tracefs-*/scan`,
});
