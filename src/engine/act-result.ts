import type { CommandResult } from '../shell/command-result.ts';

/** What running one log entry on one kernel gave. */
export interface ActResult extends CommandResult {
  /** Turns of the schedule that this kernel never came to: "A@d_instantiate". */
  readonly notReached: readonly string[];
}
