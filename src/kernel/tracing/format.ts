/**
 * The text of an event's `format` file: f_show() of kernel/trace/trace_events.c, read at v6.12. The fields of
 * `sched_switch` are the real ones; for other events, whose fields were not recorded, only the common fields are listed.
 */

const COMMON = [
  'field:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;',
  'field:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;',
  'field:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;',
  'field:int common_pid;\toffset:4;\tsize:4;\tsigned:1;',
];

/** include/trace/events/sched.h, TRACE_EVENT(sched_switch). */
const SCHED_SWITCH = [
  'field:char prev_comm[16];\toffset:8;\tsize:16;\tsigned:0;',
  'field:pid_t prev_pid;\toffset:24;\tsize:4;\tsigned:1;',
  'field:int prev_prio;\toffset:28;\tsize:4;\tsigned:1;',
  'field:long prev_state;\toffset:32;\tsize:8;\tsigned:1;',
  'field:char next_comm[16];\toffset:40;\tsize:16;\tsigned:0;',
  'field:pid_t next_pid;\toffset:56;\tsize:4;\tsigned:1;',
  'field:int next_prio;\toffset:60;\tsize:4;\tsigned:1;',
];
const STATES =
  '(((0x00000000 | 0x00000001 | 0x00000002 | 0x00000004 | 0x00000008 | 0x00000010 | 0x00000020 | 0x00000040) + 1) << 1)';
const FLAGS =
  '{ 0x00000001, "S" }, { 0x00000002, "D" }, { 0x00000004, "T" }, { 0x00000008, "t" }, { 0x00000010, "X" }, { 0x00000020, "Z" }, { 0x00000040, "P" }, { 0x00000080, "I" }';
const SCHED_SWITCH_PRINT =
  '"prev_comm=%s prev_pid=%d prev_prio=%d prev_state=%s%s ==> next_comm=%s next_pid=%d next_prio=%d", ' +
  `REC->prev_comm, REC->prev_pid, REC->prev_prio, (REC->prev_state & (${STATES} - 1)) ? __print_flags(REC->prev_state & (${STATES} - 1), "|", ${FLAGS}) : "R", ` +
  `REC->prev_state & ${STATES} ? "+" : "", REC->next_comm, REC->next_pid, REC->next_prio`;

/** The whole text; `id` is the event's type number. */
export function eventFormat(system: string, name: string, id: number): string {
  const isSwitch = system === 'sched' && name === 'sched_switch';
  const own = isSwitch ? SCHED_SWITCH : [];
  const lines = [...COMMON, '', ...own].map((l) => (l === '' ? '' : `\t${l}`));
  return `name: ${name}\nID: ${id}\nformat:\n${lines.join('\n')}\n\nprint fmt: ${isSwitch ? SCHED_SWITCH_PRINT : '""'}\n`;
}

/** ring_buffer_print_page_header(), kernel/trace/ring_buffer.c. */
export const headerPage = (): string =>
  '\tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;\n' +
  '\tfield: local_t commit;\toffset:8;\tsize:8;\tsigned:1;\n' +
  '\tfield: int overwrite;\toffset:8;\tsize:1;\tsigned:1;\n' +
  '\tfield: char data;\toffset:16;\tsize:4080;\tsigned:0;\n';

/** ring_buffer_print_entry_header(). */
export const headerEvent = (): string =>
  '# compressed entry header\n\ttype_len    :    5 bits\n\ttime_delta  :   27 bits\n\tarray       :   32 bits\n\n' +
  '\tpadding     : type == 29\n\ttime_extend : type == 30\n\ttime_stamp : type == 31\n\tdata max type_len  == 28\n';
