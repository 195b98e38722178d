# @bug B42
# @title A descriptor cannot be allocated, and the error pointer is kept as if it were one
# @design v6.6-rc2:error=stored
# @fixed v6.6-rc2
# @expect oops bad pointer eventfs_file
# @symptom Removing the event, or unloading its module, uses -ENOMEM as an address.
# @commit c8414dab164a eventfs: Fix the NULL pointer dereference bug in eventfs_remove_rec()

echo 'p:kprobes/kp1 vfs_read' >> kprobe_events

# @caption The next allocation from kmalloc-96 fails: the descriptor of the directory of kp2.
echo Y > /sys/kernel/debug/failslab/cache-filter
echo N > /sys/kernel/debug/failslab/ignore-gfp-wait
echo 1 > /sys/kernel/debug/failslab/times
echo 1 > /sys/kernel/slab/kmalloc-96/failslab
echo 100 > /sys/kernel/debug/failslab/probability
echo 'p:kprobes/kp2 vfs_write' >> kprobe_events
echo 0 > /sys/kernel/debug/failslab/probability

# @caption The event exists all the same, without a directory. Now it goes.
echo '-:kprobes/kp2' >> kprobe_events
