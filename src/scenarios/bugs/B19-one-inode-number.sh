# @bug B19
# @title All directories have one inode number, and find believes in loops
# @design v6.8-rc2
# @fixed v6.8
# @expect stderr File system loop detected
# @symptom find: File system loop detected, for every event.
# @commit 834bf76add3e eventfs: Save directory inodes in the eventfs_inode structure
# @note Reported by Geert Uytterhoeven, 2024-01-22.

# @caption find compares the inode number of each directory with those it lies in: events/sched/sched_switch has that of events/sched.
find events -name enable
