/** One turn of a schedule: what a scenario writes and the scheduler takes. */
export interface Turn {
  /** Name of a task, or `kworker` (runs the queued work item) or `rcu` (lets a grace period end). */
  readonly task: string;
  /** Until the task is about to enter this kernel function; for so many steps; or until it ends or waits. */
  readonly until: { readonly landmark: string; readonly nth: number } | { readonly steps: number } | undefined;
}
