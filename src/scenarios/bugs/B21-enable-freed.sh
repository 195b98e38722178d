# @bug B21
# @title A file is opened whose trace_event_file was freed after its lookup
# @design v6.8
# @also v6.8-draft
# @fixed v6.9
# @expect oops use after free trace_event_file
# @expect invariant I14
# @symptom KASAN: slab-use-after-free in tracing_open_file_tr, when events are removed while somebody opens their files.
# @commit b63db58e2fa5 eventfs/tracing: Add callback for release of an eventfs_inode

# @caption An event, and nothing that holds it.
echo 'p:kprobes/hello vfs_read' >> kprobe_events

# @caption A has looked the file up: its inode points to the trace_event_file. Before A opens it, B removes the event and the
# @caption trace_event_file with it. From v6.9 on the file's dentry keeps the eventfs_inode, and that the trace_event_file.
# @task A
cat events/kprobes/hello/enable &
# @task B
echo '-:kprobes/hello' >> kprobe_events &
# @schedule A@tracing_open_file_tr B A
wait
