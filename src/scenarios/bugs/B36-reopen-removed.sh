# @bug B36
# @title A file of a removed event that somebody holds can be opened again
# @vfs 6.6
# @design v6.6-rc2
# @also v6.6 v6.7
# @fixed v6.9
# @expect oops use after free slab-use-after-free in tracing_open_file_tr
# @expect invariant I14
# @symptom The open calls into the data of an event that is gone. Lookup cannot find the name any more; the held dentry still leads there.
# @commit bb32500fb9b7 tracing: Have trace_event_file have ref counters

echo 'p:kprobes/kp1 vfs_read' >> kprobe_events

exec 3< events/kprobes/kp1/enable
echo '-:kprobes/kp1' >> kprobe_events

# @caption Removal has invalidated the names. What is held is not looked up: /proc/self/fd leads to it by itself.
cat /proc/self/fd/3
exec 3<&-
