# @bug B26
# @title Memory is freed although its reader is in an SRCU section
# @design v6.10
# @also v6.9
# @fixed v6.11
# @expect oops use after free
# @expect invariant I11
# @symptom KASAN: slab-use-after-free, when a listing sleeps while an event goes away.
# @commit 8e556432477e eventfs: Use SRCU for freeing eventfs_inodes

echo 'p:kprobes/kp vfs_read' >> kprobe_events
exec 3< events/kprobes

# @caption A reads the directory in an SRCU section, which may sleep, and is about to copy the name of kp; there is room for four entries,
# @caption so it will go no further. B removes kp. Its memory waits for a grace period of RCU, which knows nothing of A and ends.
# @task A
getdents 3 4 &
# @task B
echo '-:kprobes/kp' >> kprobe_events &
# @schedule A@dir_emit#3 B rcu A
wait

# @caption v6.11 waits for SRCU. What its callback writes over the link meanwhile is another story, and was found two years later: B33.
exec 3<&-
