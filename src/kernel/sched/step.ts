/**
 * What a running task yields. A string is the name of the kernel function that it is about to enter, at a place where
 * another task may run in between. A Wait blocks it until `ready` holds. TICK is a mere breathing point of bulk work:
 * nothing can be interleaved there, but a runner with a time slice may pause.
 */
export interface Wait {
  readonly kind: 'wait';
  /** For the person: "i_rwsem of events/sched", "SRCU grace period". */
  readonly what: string;
  ready(): boolean;
}

export type Step = string | Wait;

export const TICK = 'tick';
