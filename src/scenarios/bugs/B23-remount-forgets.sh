# @bug B23
# @title A remount with gid= passes over a file that was given to somebody before
# @design v6.8
# @also v6.9
# @fixed v6.10
# @expect stdout enable belongs to group 1000
# @symptom After mount -o remount,gid=77 everything belongs to group 77, but for the files that once were changed by hand.
# @commit baa23a8d4360 tracefs: Reset permissions on remount if permissions are options
# @commit 340f0c7067a9 eventfs: Update all the eventfs_inodes from the events descriptor

# @caption Somebody gives one file to group 1000. The eventfs_inode of its directory remembers that.
chgrp 1000 events/sched/sched_switch/enable

# @caption v6.8 changes the root and nothing else: what is remembered wins. v6.9 resets what has an inode; but a remount frees all
# @caption unused dentries first, and with them the inodes it would have to find. v6.10 walks the descriptors instead.
mount -o remount,gid=77 /sys/kernel/tracing

stat -c 'filter belongs to group %g' events/sched/sched_switch/filter
stat -c 'enable belongs to group %g' events/sched/sched_switch/enable
