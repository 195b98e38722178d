/**
 * Fault injection into slab allocations, as Documentation/fault-injection/fault-injection.rst describes it: the attributes in
 * debugfs and the flag of each cache. Only what the bugs need may fail: the descriptors of the older designs
 * (Kern.kmallocMayFail). Read at v6.6, mm/failslab.c and lib/fault-inject.c.
 */
import { fail } from '../errno.ts';
import type { FailSlab } from '../small.ts';
import { type ForeignFs, type Kern, KMALLOC_CACHES } from '../state.ts';

const DEBUGFS = '/sys/kernel/debug/failslab';
const SYSFS = '/sys/kernel/slab';

interface Attribute {
  contents(k: Kern): string;
  write: ForeignFs['write'];
}

const attribute = (read: (f: FailSlab) => string, set: (text: string) => Partial<FailSlab> | undefined): Attribute => ({
  contents: (k) => `${read(k.small.failslab)}\n`,
  *write(k, _path, data) {
    const change = set(data.trim());
    if (change === undefined) return fail('EINVAL');
    k.small.failslab = { ...k.small.failslab, ...change };
    return data.length;
  },
});

const numberAttribute = (key: 'probability' | 'times'): Attribute =>
  attribute(
    (f) => String(f[key]),
    (text) => (/^-?\d+$/.test(text) ? { [key]: Number(text) } : undefined),
  );

const boolAttribute = (key: 'cacheFilter' | 'ignoreGfpWait'): Attribute =>
  attribute(
    (f) => (f[key] ? 'Y' : 'N'),
    (text) => (/^[YyNn01]$/.test(text) ? { [key]: /[Yy1]/.test(text) } : undefined),
  );

const cacheFlag = (cache: string): Attribute => ({
  contents: (k) => `${k.small.failslab.caches.includes(cache) ? 1 : 0}\n`,
  *write(k, _path, data) {
    const others = k.small.failslab.caches.filter((name) => name !== cache);
    const caches = data.trim() === '1' ? [...others, cache] : others;
    k.small.failslab = { ...k.small.failslab, caches };
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
