# @bug B3
# @title rmdir of an instance frees the list of its events directory while somebody has it open
# @design v6.6-rc2:events=kfree
# @fixed v6.7
# @expect oops use after free ti->private
# @expect invariant I9 instances/foo/events
# @symptom Whoever looks something up in the held directory, or reads or closes it, walks a freed list.
# @commit 9879e5e1c528 tracefs/eventfs: Use dput to free the toplevel events directory
# @note Reported by Zheng Yejian, found with ftracetest and KASAN, 2023-09-05.

mkdir instances/foo

# @caption A descriptor on the events directory of the instance. An open directory does not make an instance busy.
exec 3< instances/foo/events
rmdir instances/foo

# @caption The dentry is still there, and so is the pointer in its inode.
openat 3 sched
exec 3<&-
