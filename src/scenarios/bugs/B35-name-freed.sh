# @bug B35
# @title The name of a directory is freed while a listing copies it
# @design v6.8
# @also v6.8-draft
# @fixed v6.9
# @expect oops use after free ei->name
# @expect invariant I11
# @symptom KASAN: slab-use-after-free in filldir64, or a name that is somebody else's text.
# @commit ee4e0379475e eventfs: Free all of the eventfs_inode after RCU

echo 'p:kprobes/kp vfs_read' >> kprobe_events
exec 3< events/kprobes

# @caption A has the address of the name of kp and is about to copy it. B removes kp. v6.8 lets the eventfs_inode itself wait for a
# @caption grace period, and frees its name and attributes at once.
# @task A
getdents 3 4 &
# @task B
echo '-:kprobes/kp' >> kprobe_events &
# @schedule A@dir_emit#3 B A
wait

exec 3<&-
