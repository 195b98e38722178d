/**
 * In which order the lines of a listing stand.
 *
 * eventfs (v6.8-rc1 and later) lists an `events` tree in order of creation; native tracefs directories, and `events` up to
 * 6.7, list the newest entry first. Which of the two a listing is shows in pairs whose order of creation is known (every
 * kernel makes the `enable` of an event before its `id`). No count depends on the order: only the order of later listings
 * does. So a shuffled listing is taken as it stands.
 */
import { type ListingRow, parentOf } from './listing-rows.ts';

/** How the entries of a directory follow each other in a listing. */
export type ListingOrder = 'creation' | 'newestFirst';

/** A listing counts as ordered when so many of the pairs of known order agree. Shuffled ones come to about a half. */
const SHARE_THAT_DECIDES = 0.9;

/** Every kernel makes `enable` before `id`, and `id` before `hist`; those that list the newest entry first show them backwards. */
export function eventsOrder(rows: readonly ListingRow[]): ListingOrder | undefined {
  return decideOrder(rows, ['enable', 'id', 'hist']);
}

/** Order of creation in a trace_array's directory: init_tracer_tracefs(), kernel/trace/trace.c, v6.1. */
export function nativeOrder(rows: readonly ListingRow[]): ListingOrder | undefined {
  return decideOrder(rows, [
    ...[
      'set_event',
      'events',
      'set_event_pid',
      'available_tracers',
      'current_tracer',
      'tracing_cpumask',
      'cpu0',
      'cpu1',
    ],
    ...[
      'trace_options',
      'trace_pipe_raw',
      'stats',
      'buffer_size_kb',
      'buffer_total_size_kb',
      'free_buffer',
      'tracing_on',
    ],
    ...['buffer_percent', 'options', 'error_log', 'per_cpu', 'set_ftrace_pid'],
    ...['print-parent', 'sym-offset', 'raw', 'hex', 'bin', 'overwrite', 'markers', 'stacktrace'],
  ]);
}

/** Lets the neighbours of `chain`, names in order of creation, vote directory by directory. */
function decideOrder(rows: readonly ListingRow[], chain: readonly string[]): ListingOrder | undefined {
  const ranks = new Map(chain.map((name, rank) => [name, rank]));
  const lastRank = new Map<string, number>();
  let creation = 0;
  let newestFirst = 0;
  for (const row of rows) {
    const rank = ranks.get(row.names.at(-1) ?? '');
    if (rank === undefined) continue;
    const parent = parentOf(row);
    const before = lastRank.get(parent);
    if (before !== undefined) {
      if (before < rank) creation++;
      else newestFirst++;
    }
    lastRank.set(parent, rank);
  }
  const needed = (creation + newestFirst) * SHARE_THAT_DECIDES;
  if (creation > 0 && creation >= needed) return 'creation';
  return newestFirst > 0 && newestFirst >= needed ? 'newestFirst' : undefined;
}
