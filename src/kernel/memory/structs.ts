/** What an object in a slab is: the structures whose allocation the model accounts for. The code is a column value. */
export const STRUCTS = [
  'foreign',
  'dentry',
  'inode',
  'file',
  'security',
  'trace_event_file',
  'eventfs_inode',
  'eventfs_file',
  'eventfs_attr',
  'name',
  'd_children',
  'dentry_list',
  'trace_array',
  'trace_subsystem_dir',
  'event_subsystem',
  'ring_buffer',
  'buffer_page',
  'trace_option',
  'kprobe',
  'iterator',
  'enable',
  'eventfs_dents',
  'proc_dir_entry',
] as const;

export type StructName = (typeof STRUCTS)[number];

const CODES = new Map<StructName, number>(STRUCTS.map((name, code) => [name, code]));

/** The column value of a structure name. */
export const structCode = (name: StructName): number => CODES.get(name) as number;
