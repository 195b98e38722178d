/** /proc/slabinfo, version 2.1: mm/slab_common.c cache_show(). */
import type { SlabCounts } from '../api.ts';
import type { Kern } from '../kern.ts';

/** cache → [active_objs, num_objs]: modelled caches as they are now, the others as recorded at boot. */
export function slabCounts(k: Kern): SlabCounts {
  const counts: Record<string, readonly [number, number]> = { ...k.machine.boot.slabs };
  for (const cache of k.caches) counts[cache.name] = [cache.active, cache.num];
  return counts;
}

export function slabinfoText(k: Kern): string {
  const head =
    'slabinfo - version: 2.1\n' +
    '# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>\n';
  const rows = Object.entries(slabCounts(k)).map(([name, [active, num]]) => {
    const [size, perSlab, pages] = k.machine.geometry[name] ?? [0, 1, 1];
    const slabs = num / perSlab;
    const counts = [active, num, size].map((n) => String(n).padStart(6)).join(' ');
    return `${name.padEnd(17)} ${counts} ${String(perSlab).padStart(4)} ${String(pages).padStart(4)} : tunables    0    0    0 : slabdata ${String(slabs).padStart(6)} ${String(slabs).padStart(6)}      0\n`;
  });
  return head + rows.join('');
}
