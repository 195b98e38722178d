# @bug B2
# @title Close of a directory whose event was removed during open reads an array that was never allocated
# @design v6.6:array=unchecked
# @fixed v6.6
# @expect oops null dereference dlist->dentries
# @symptom The task that closes the directory dies of a NULL pointer in eventfs_release().
# @commit 2598bd3ca8dc eventfs: Test for dentries array allocated in eventfs_release()

# @caption A kprobe whose directory somebody has looked at.
echo 'p:kprobes/kp1 vfs_read' >> kprobe_events
test -d events/kprobes/kp1

# @caption A opens the directory and has found its dentry; B removes the event before A has made a dentry for any file in it.
# @task A
{ exec 3< events/kprobes/kp1; exec 3<&-; } &
# @task B
echo '-:kprobes/kp1' >> kprobe_events &
# @schedule A@mutex_lock B A
wait
