/** Memory per instance as the page draws it. */
import { memoryByInstance, notFilledBytes, type OwnerMemory } from '../kernel/inspect/memory-by-instance.ts';
import type { Channel } from './channel.ts';
import { type InstanceMemory, MEMORY_STRUCTS, type MemoryFrame, type MemoryStruct } from './protocol.ts';

const STRUCTS: readonly MemoryStruct[] = MEMORY_STRUCTS.filter((s) => s !== 'not filled');

/** Sums per structure, everything without a row of its own as "other". */
function perStruct(values: OwnerMemory['bytes']): readonly number[] {
  const own = STRUCTS.map((s) => (s === 'other' ? 0 : (values.get(s as 'dentry') ?? 0)));
  const all = [...values.values()].reduce((a, b) => a + b, 0);
  own[STRUCTS.indexOf('other')] = all - own.reduce((a, b) => a + b, 0);
  return own;
}

/** A removed instance that left something behind is named as a removed file would be. */
const labelOf = ({ instance, removed }: OwnerMemory): string => (removed ? `${instance} (deleted)` : instance);

export function memoryFrame(channels: readonly Channel[]): MemoryFrame {
  const instances = channels.flatMap(({ kernel }, channel) =>
    memoryByInstance(kernel.k).map(
      (owner): InstanceMemory => ({
        instance: labelOf(owner),
        channel,
        objects: perStruct(owner.objects),
        bytes: perStruct(owner.bytes),
        ringBufferBytes: owner.ringBufferBytes,
      }),
    ),
  );
  return { instances, notFilled: channels.map(({ kernel }) => notFilledBytes(kernel.k)) };
}
