/**
 * Fault injection: should_failslab(), mm/failslab.c, read at v6.6. Only what the bugs need may fail: the descriptors of the older
 * designs. It is switched on by files of debugfs (procfs/failslab.ts).
 */
import type { Kern } from './kern.ts';
import type { StructName } from './memory/structs.ts';
import { printk } from './oops.ts';

/** kmalloc() where the caller handles failure: 0 when fault injection says so. */
export function kmallocMayFail(k: Kern, size: number, owner: number, what: StructName): number {
  if (!k.shouldFail(size)) return k.kmalloc(size, owner, what);
  printk(k, 'FAULT_INJECTION: forcing a failure.');
  return 0;
}
