# @bug B33
# @title What frees a directory overwrites the link on which its reader stands
# @design v6.11
# @also v6.17 v6.19 v7.0
# @fixed v7.1
# @expect oops null dereference list element
# @expect invariant I11
# @symptom CVE-2026-74605: a listing beside the removal of an event follows a pointer that is none.
# @commit f0ece16ffca7 eventfs: Use children field for rcu head and add memory barriers

# @caption A kprobe that nobody has looked at: only its creator refers to the eventfs_inode.
echo 'p:kprobes/kp vfs_read' >> kprobe_events

# @caption A stands on kp and is about to copy its name. B unlinks kp with list_del_rcu(), which leaves the link alone. But that was the last
# @caption reference: call_srcu() puts the memory on its own list, through the RCU head, which shares its place with the link. A walks on.
# @task A
ls events/kprobes &
# @task B
echo '-:kprobes/kp' >> kprobe_events &
# @schedule A@dir_emit#3 B A
wait
