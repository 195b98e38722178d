# @bug B1
# @title Close puts references that open never took
# @design v6.6-rc2
# @fixed v6.6
# @vfs 6.6
# @expect invariant I2 kp2
# @expect invariant I1 kp2
# @expect leak kp2
# @symptom The directory of kp2 loses a reference that nobody took. Its count becomes -1 and it stays in memory for ever.
# @commit ef36b4f92868 eventfs: Remember what dentries were created on dir open

# @caption A kprobe makes the directory events/kprobes.
echo 'p:kprobes/kp1 vfs_read' >> kprobe_events

# @caption Opening the directory references every child it has: filter, enable, kp1.
exec 3< events/kprobes
test -f events/kprobes/kp1/enable

# @caption A second kprobe appears while the directory is open, and somebody looks at it.
echo 'p:kprobes/kp2 vfs_write' >> kprobe_events
test -f events/kprobes/kp2/enable

# @caption Close walks the list as it is now: it puts filter, enable, kp1 and also kp2, which it never referenced.
exec 3<&-

# @caption Reclaim frees the file below kp2 and lowers the count of kp2 from 0 to -1.
echo 2 > /proc/sys/vm/drop_caches
