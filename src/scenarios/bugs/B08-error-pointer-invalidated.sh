# @bug B8
# @title An error pointer is invalidated as if it were a dentry
# @design v6.7
# @fixed v6.8-merge
# @expect oops bad pointer error pointer -17 used as a dentry
# @expect oops bad pointer ffffffffffffffef
# @symptom The open dies in d_invalidate(ERR_PTR(-EEXIST)), in an SRCU section that never ends: no removed descriptor is freed any more.
# @commit 71cade82f2b5 eventfs: Do not invalidate dentry in create_file/dir_dentry()
# @note Heiko Carstens saw it on s390 as a specification exception (2023-11-23), LKFT on 2023-11-16.

echo 'p:kprobes/kp1 vfs_read' >> kprobe_events
test -d events/kprobes

# @caption A opens the directory. To make the dentry of kp1 it looks the name up, and that lookup makes the dentry itself: -EEXIST.
# @task A
{ exec 3< events/kprobes; exec 3<&-; } &
# @caption B removes kp1 before A looks again. A finds the descriptor freed and goes on with what it got from its own attempt.
# @task B
echo '-:kprobes/kp1' >> kprobe_events &
# @schedule A@d_instantiate A@dput#2 B A
wait
