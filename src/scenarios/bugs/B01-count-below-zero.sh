# @bug B1
# @title Close drives the count of a directory below 0
# @design v6.6-rc2
# @fixed v6.6
# @vfs 6.6
# @expect invariant I1 kp2
# @expect invariant I2 kp2
# @symptom kp2 was only looked at, its count is 0, and close drops a reference that nobody took. The VFS of 6.6 goes to −1 in silence; the one of 6.6.144 warns and leaves it at 0.
# @commit ef36b4f92868 eventfs: Remember what dentries were created on dir open
# @note The short form of September 2023: nothing below kp2 is cached, so close itself does the damage.

# @caption A kprobe makes the directory events/kprobes.
echo 'p:kprobes/kp1 vfs_read' >> kprobe_events

# @caption Opening the directory references every child it has: filter, enable, kp1.
exec 3< events/kprobes

# @caption A second kprobe appears while the directory is open, and somebody looks at its directory: a dentry with count 0.
echo 'p:kprobes/kp2 vfs_write' >> kprobe_events
test -d events/kprobes/kp2

# @caption Close walks the list as it is now and puts kp2 as well, which it never referenced.
exec 3<&-
