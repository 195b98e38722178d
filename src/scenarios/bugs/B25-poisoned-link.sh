# @bug B25
# @title A listing walks on from a directory that was taken out of the list
# @design v6.10
# @also v6.8 v6.9
# @fixed v6.11
# @expect oops bad pointer 0xdead0000000001
# @expect invariant I11
# @symptom A loop of tree beside a loop of kprobes: page fault at dead000000000150, LIST_POISON1 and the offset of is_freed.
# @commit d2603279c7d6 eventfs: Use list_del_rcu() for SRCU protected list variable

# @caption A kprobe, and a dentry for its directory, which keeps the memory of the eventfs_inode whatever happens.
echo 'p:kprobes/kp vfs_read' >> kprobe_events
stat -c %n events/kprobes/kp

# @caption A lists events/kprobes and is about to copy the name of kp to the user, where it may sleep. B removes kp: list_del() leaves
# @caption poison in its link. A walks on from kp. list_del_rcu() would have left the link as it was.
# @task A
ls events/kprobes &
# @task B
echo '-:kprobes/kp' >> kprobe_events &
# @schedule A@dir_emit#3 B A
wait
