/** Where a modelled function is in the kernel's source, with a link at that kernel's release. */

const FILES: readonly (readonly [file: string, functions: readonly string[]])[] = [
  [
    'fs/dcache.c',
    [
      ...['__dentry_kill', 'shrink_dentry_list', 'd_invalidate', 'd_alloc', 'dput', 'fast_dput', 'd_alloc_parallel'],
      ...['d_instantiate', 'd_add', 'd_lookup', 'd_alloc_cursor', 'dentry_unlink_inode', 'shrink_dcache_sb'],
    ],
  ],
  ['fs/file_table.c', ['__fput']],
  [
    'fs/namei.c',
    [
      'lookup_fast',
      'lookup_one_len',
      'path_lookupat',
      '__lookup_slow',
      'vfs_mkdir',
      'vfs_rmdir',
      'vfs_unlink',
      'vfs_rename',
    ],
  ],
  [
    'fs/libfs.c',
    ['simple_recursive_removal', 'simple_lookup', 'dcache_dir_open', 'dcache_dir_close', 'dcache_readdir'],
  ],
  ['include/linux/fs.h', ['inode_lock', 'inode_lock_shared']],
  ['kernel/locking/mutex.c', ['mutex_lock']],
  ['fs/file.c', ['fdget_pos']],
  ['kernel/rcu/tree.c', ['rcu_do_batch', 'call_rcu']],
  ['kernel/workqueue.c', ['process_one_work']],
  ['fs/open.c', ['do_sys_openat2', '__x64_sys_close', 'do_dentry_open']],
  ['fs/stat.c', ['vfs_statx']],
  ['fs/readdir.c', ['iterate_dir', 'filldir64']],
  ['include/linux/list.h', ['list_del', 'list_add_tail']],
  ['include/linux/kref.h', ['kref_put']],
  ['kernel/rcu/srcutree.c', ['call_srcu']],
  ['fs/read_write.c', ['vfs_write']],
  ['fs/attr.c', ['notify_change']],
  ['fs/super.c', ['reconfigure_super', 'super_cache_scan']],
  ['mm/shrinker.c', ['drop_slab']],
  ['mm/vmscan.c', ['try_to_free_pages']],
  ['mm/page_alloc.c', ['fs_reclaim_acquire']],
  ['fs/proc/fd.c', ['proc_lookupfd']],
  ['fs/tracefs/inode.c', ['tracefs_create_file', 'tracefs_create_dir', 'tracefs_get_inode']],
  ['fs/proc/inode.c', ['proc_get_inode', 'proc_entry_rundown']],
  ['fs/proc/generic.c', ['proc_lookup_de', 'proc_readdir_de', 'proc_mkdir_data', 'remove_proc_subtree']],
  [
    'fs/tracefs/event_inode.c',
    [
      'eventfs_root_lookup',
      'eventfs_iterate',
      'lookup_dir_entry',
      'lookup_file',
      'eventfs_create_dir',
      'eventfs_create_events_dir',
      'eventfs_remove_dir',
      'eventfs_remove_events_dir',
      ...['eventfs_remove_rec', 'eventfs_set_attr', 'eventfs_set_attrs', 'eventfs_dir_open', 'eventfs_dir_release'],
    ],
  ],
  [
    'kernel/trace/trace_events.c',
    [
      'event_trace_add_tracer',
      'create_event_toplevel_files',
      'event_create_dir',
      'event_subsystem_dir',
      'create_new_subsystem',
      'trace_create_new_event',
      'remove_event_file_dir',
      '__ftrace_event_enable_disable',
      ...['trace_format_open', 'f_start', 'event_enable_read', 'event_filter_read', 'event_id_read', 'subsystem_open'],
    ],
  ],
  [
    'kernel/trace/trace.c',
    ['trace_array_create', '__remove_instance', 'tracing_open_file_tr', 'tracing_open_generic_tr'],
  ],
  ['kernel/trace/trace_events_trigger.c', ['event_trigger_open', 'trigger_start']],
  ['kernel/trace/trace_events_hist.c', ['event_hist_open', 'hist_show']],
  ['kernel/trace/ring_buffer.c', ['__rb_allocate_pages']],
  ['kernel/trace/trace_kprobe.c', ['alloc_trace_kprobe']],
  ['kernel/trace/trace_events_synth.c', ['alloc_synth_event']],
];

const FILE_OF = new Map(FILES.flatMap(([file, functions]) => functions.map((fn) => [fn, file] as const)));

/** Source file and link of a function; both empty when the model does not know where it is. */
export function sourceOf(fn: string, gitTag: string): { readonly source: string; readonly url: string } {
  const source = FILE_OF.get(fn) ?? '';
  return { source, url: source === '' ? '' : `https://elixir.bootlin.com/linux/${gitTag}/source/${source}` };
}
