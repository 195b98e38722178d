# @bug B34
# @title Every dentry that is made anew pins the mount once more
# @design v6.6-rc2
# @also v6.6 v6.7 v6.8-merge v6.8-rc2
# @fixed v6.8
# @expect invariant PIN
# @symptom tracefs_mount_count grows for ever, and with it the reason not to unmount.
# @commit 49304c2b93e4 tracefs: dentry lookup crapectomy
# @note Derived from the code; no report was found.

# @caption Looked at, reclaimed, looked at again: eventfs_start_creating() takes a pin each time, and nothing gives it back.
stat -c %n events/sched/sched_switch/enable
echo 2 > /proc/sys/vm/drop_caches
stat -c %n events/sched/sched_switch/enable
echo 2 > /proc/sys/vm/drop_caches
