/** The objects of a step by name: what was changed, which locks are held and waited for. */
import type { LocalRef } from '../base/object-ref.ts';
import { D } from '../kernel/flags.ts';
import type { EventOp, EventSink, Kern } from '../kernel/kern.ts';
import { describeLock, describeWait } from '../kernel/locking/describe-lock.ts';
import { LOCK, type LockKind } from '../kernel/sched/held.ts';
import type { ChildWait, Wait } from '../kernel/sched/step.ts';
import { pathOf } from '../kernel/vfs/d-path.ts';
import { dentryRef, eventFileRef, fileRef, inodeRef, mutexRef, pointerRef, taskRef } from '../kernel/vfs/refs.ts';
import type { Channel } from './channel.ts';
import type { LockInfo, TraceEvent } from './protocol.ts';

const dentryName = (k: Kern, d: number): string => pathOf(k, d).path || '/';

function inodeName(k: Kern, inode: number): string {
  const d = k.inode.dentry[inode];
  return d === 0 ? `inode ${inode}` : dentryName(k, d);
}

/** What the event stream tells, while it tells it. */
export function traceEvent(
  { index: kernel, kernel: { k } }: Channel,
  op: EventOp,
  kind: Parameters<EventSink>[1],
  object: number,
): TraceEvent {
  const of = (ref: LocalRef | undefined, name: string) => ({ op, kind, ref: ref && { kernel, ...ref }, name });
  switch (kind) {
    case 'mutex':
      return of(mutexRef(object), k.mutexes[object]?.name ?? 'mutex');
    case 'srcu':
      return of(undefined, k.srcu.name);
    case 'i_rwsem': {
      const inode = Math.abs(object);
      return { ...of(inodeRef(k, inode), inodeName(k, inode)), isShared: object > 0 };
    }
    case 'inode': // told by its dentry
      return of(inodeOf(k, object), dentryName(k, object));
    case 'dentry':
      return { ...of(dentryRef(k, object), dentryName(k, object)), ...change(k, op, object) };
    case 'trace_event_file':
      return of(eventFileRef(k, object), '');
    default:
      return of(pointerRef(k, object), '');
  }
}

const inodeOf = (k: Kern, d: number): LocalRef | undefined =>
  k.dentry.inode[d] === 0 || k.dentry.flags[d] & D.PROC ? undefined : inodeRef(k, k.dentry.inode[d]);

function change(k: Kern, op: EventOp, d: number): Pick<TraceEvent, 'count' | 'isNegative'> {
  const count = k.dentry.count[d];
  // A put is told before the count goes down.
  if (op === 'put') return { count: [count, count - 1] };
  if (op === 'get') return { count: [count - 1, count] };
  return k.dentry.inode[d] === 0 && k.dentry.flags[d] & D.HASHED ? { isNegative: true } : {};
}

export function lockInfo({ index, kernel: { k } }: Channel, lock: LockKind, object: number): LockInfo {
  const ref = lockedObject(k, lock, object);
  return {
    ref: ref && { kernel: index, ...ref },
    isShared: lock === LOCK.I_RWSEM_SHARED || ref === undefined,
    text: describeLock(k, lock, object, inodeName),
  };
}

export function waitInfo(channel: Channel, wait: Wait | ChildWait): LockInfo {
  if (wait.kind !== 'child') return lockInfo(channel, wait.lock, wait.object);
  const { index, kernel } = channel;
  return { ref: { kernel: index, ...taskRef(wait.task) }, isShared: false, text: describeWait(kernel.k, wait) };
}

/** Undefined for a read section, which many may be in and none has. */
function lockedObject(k: Kern, lock: LockKind, object: number): LocalRef | undefined {
  if (lock === LOCK.MUTEX) return mutexRef(object);
  if (lock === LOCK.I_RWSEM || lock === LOCK.I_RWSEM_SHARED) return inodeRef(k, object);
  if (lock === LOCK.F_POS) return fileRef(k, object);
  return lock === LOCK.PAR_LOOKUP ? dentryRef(k, object) : undefined;
}
