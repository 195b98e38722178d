# @bug B7
# @title The descriptor of a held directory is freed as soon as its event is gone
# @design v6.6-rc2
# @also v6.7:life=srcu
# @fixed v6.7
# @expect oops use after free ti->private
# @expect invariant I9 events/kprobes/kp1
# @symptom Whoever has the directory open looks things up in freed memory.
# @commit 020010fbfa20 eventfs: Delete eventfs_inode when the last dentry is freed

echo 'p:kprobes/kp1 vfs_read' >> kprobe_events
exec 3< events/kprobes/kp1

# @caption The event goes, the grace period ends and the descriptor is freed; the inode of the held directory still points to it.
echo '-:kprobes/kp1' >> kprobe_events
openat 3 enable
exec 3<&-
