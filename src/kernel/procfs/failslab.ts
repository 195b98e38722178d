/**
 * Fault injection into slab allocations, as Documentation/fault-injection/fault-injection.rst describes it: the attributes in
 * debugfs and the flag of each cache. Read at v6.6, mm/failslab.c and lib/fault-inject.c.
 */
import { fail } from '../errno.ts';
import type { ForeignFs, Kern } from '../kern.ts';
import { KMALLOC_CACHES } from '../memory/kmalloc.ts';

const DEBUGFS = '/sys/kernel/debug/failslab';
const SYSFS = '/sys/kernel/slab';

interface Attribute {
  contents(k: Kern): string;
  write: ForeignFs['write'];
}

const attribute = (read: (k: Kern) => string, set: (k: Kern, text: string) => boolean): Attribute => ({
  contents: (k) => `${read(k)}\n`,
  *write(k, _path, data) {
    return set(k, data.trim()) ? data.length : fail('EINVAL');
  },
});

const numberAttribute = (key: 'probability' | 'times'): Attribute =>
  attribute(
    (k) => String(k.failslab[key]),
    (k, text) => {
      if (!/^-?\d+$/.test(text)) return false;
      k.failslab[key] = Number(text);
      return true;
    },
  );

const boolAttribute = (key: 'cacheFilter' | 'ignoreGfpWait'): Attribute =>
  attribute(
    (k) => (k.failslab[key] === 1 ? 'Y' : 'N'),
    (k, text) => {
      if (!/^[YyNn01]$/.test(text)) return false;
      k.failslab[key] = /[Yy1]/.test(text) ? 1 : 0;
      return true;
    },
  );

const cacheFlag = (name: string): Attribute => ({
  contents: (k) => `${k.kmemCaches.failslab[k.cache(name).row]}\n`,
  *write(k, _path, data) {
    const { row } = k.cache(name);
    k.kmemCaches.edit(row).failslab[row] = data.trim() === '1' ? 1 : 0;
    return data.length;
  },
});

/** Path → what it reads and takes. */
export const FAILSLAB_FILES: Readonly<Record<string, Attribute>> = {
  [`${DEBUGFS}/probability`]: numberAttribute('probability'),
  [`${DEBUGFS}/times`]: numberAttribute('times'),
  [`${DEBUGFS}/cache-filter`]: boolAttribute('cacheFilter'),
  [`${DEBUGFS}/ignore-gfp-wait`]: boolAttribute('ignoreGfpWait'),
  ...Object.fromEntries(KMALLOC_CACHES.map((cache) => [`${SYSFS}/${cache}/failslab`, cacheFlag(cache)])),
};
