/** Memory for checkpoints: enough to walk about in large states, and little where there is little. */
import { PHONE } from './media.ts';

const MIB = 1024 * 1024;
const LARGE = 256 * MIB;
const SMALL = 64 * MIB;
/** GiB of memory from which on a device is not a small one. */
const MUCH = 4;

export function checkpointBytes(): number {
  const memory = 'deviceMemory' in navigator ? Number(navigator.deviceMemory) : Number.POSITIVE_INFINITY;
  return memory <= MUCH || matchMedia(PHONE).matches ? SMALL : LARGE;
}
