# @bug B24
# @title A remount walks over an event that is being removed
# @design v6.11
# @also v6.10 v6.17 v6.19
# @fixed v7.0
# @expect oops null dereference list element
# @expect invariant I11
# @symptom A loop of remounts beside a loop of kprobes dies in eventfs_set_attrs.
# @commit 07004a8c4b57 eventfs: Hold eventfs_mutex and SRCU when remount walks events

echo 'p:kprobes/kp vfs_read' >> kprobe_events

# @caption The remount goes down the tree of descriptors under rcu_read_lock() only and has come to kp. eventfs_mutex is free, so B
# @caption unlinks kp and hands its memory to call_srcu(), which writes over the link that A reads next. SRCU does not wait for RCU readers.
# @task A
mount -o remount,uid=1000 /sys/kernel/tracing &
# @task B
echo '-:kprobes/kp' >> kprobe_events &
# @schedule A@eventfs_set_attrs#12 B A
wait
