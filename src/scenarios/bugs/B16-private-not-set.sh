# @bug B16
# @title A directory can be entered before it knows what is in it
# @design v6.6-rc2
# @also v6.6 v6.7 v6.8-merge v6.8-rc2
# @fixed v6.8
# @expect oops use after free ti->private
# @expect invariant I17 sched
# @symptom A lookup in the new directory follows ti->private, which is NULL or whatever was in that memory before.
# @commit 4fa4b010b83f eventfs: Initialize the tracefs inode properly
# @commit d81786f53aec tracefs: Zero out the tracefs_inode when allocating it

# @caption A directory comes and goes, and leaves its ti->private in the memory of its inode.
echo 'p:kprobes/kp1 vfs_read' >> kprobe_events
test -d events/kprobes/kp1
echo '-:kprobes/kp1' >> kprobe_events

# @caption A has given the dentry of events/sched an inode in that memory; its own ti->private comes later, under eventfs_mutex.
# @task A
stat -c %n events/sched &
# @caption B walks through it.
# @task B
stat -c %n events/sched/sched_switch &
# @schedule A@d_instantiate A@mutex_lock B A
wait
