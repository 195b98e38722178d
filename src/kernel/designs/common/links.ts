/**
 * The links of a list as somebody follows them who holds no lock that keeps the elements where they are: what is found there
 * is an element, the end, the poison of list_del(), what an RCU callback wrote over it, or memory that was freed. Who follows
 * it meets what the kernel would have met. include/linux/list.h, include/linux/poison.h, kernel/rcu/rcu_segcblist.c.
 */

import type { Kern } from '../../kern.ts';
import { KernelBug } from '../../oops.ts';
import { descriptors } from './descriptor-tables.ts';
import { stillThere } from './pointers.ts';

/** LIST_POISON1: what list_del() leaves in `next`. */
export const POISON = -1;
/**
 * `next` of an element whose memory has become the head of an RCU callback: NULL, since it is the last one queued
 * (rcu_segcblist_enqueue()). kfree_rcu() writes there too when it finds no page to note the pointer in (kvfree_call_rcu()).
 */
export const RCU_HEAD = -2;

const ADDRESS: Readonly<Record<number, bigint>> = { [POISON]: 0xdead000000000100n, [RCU_HEAD]: 0n };

const hex = (address: bigint): string => address.toString(16).padStart(16, '0');

/**
 * The element that `link` points to, about to be dereferenced `member` bytes into it. The end of the list (0) is for the caller
 * to see: comparing an address dereferences nothing.
 */
export function elementAt(k: Kern, link: number, member: number): number {
  if (link > 0)
    return descriptors(k).isLive(link) ? link : stillThere(k, link, (descriptors(k).genOf(link) - 1) & 0xffff);
  const address = hex((ADDRESS[link] as bigint) + BigInt(member));
  if (link === POISON)
    throw new KernelBug(
      k,
      'bad pointer',
      `Oops: general protection fault, probably for non-canonical address 0x${address}`,
      ['next of a list element that list_del() has poisoned'],
    );
  throw new KernelBug(k, 'null dereference', `BUG: kernel NULL pointer dereference, address: ${address}`, [
    'next of a list element whose memory is an RCU callback by now',
  ]);
}
