# @bug B15
# @title An existing file is not there for a moment, while another task looks it up
# @design v6.6-rc2
# @also v6.6 v6.7 v6.8-merge v6.8-rc2
# @fixed v6.8
# @expect stderr No such file or directory
# @expect invariant I6 sched_switch
# @symptom stat of a file that exists says "No such file or directory".
# @commit 49304c2b93e4 tracefs: dentry lookup crapectomy

# @caption A looks the directory up. simple_lookup() has hashed its name without an inode, to create the inode next.
# @task A
stat -c %n events/sched/sched_switch &
# @caption B finds a name that is known not to exist.
# @task B
stat -c %n events/sched/sched_switch &
# @schedule A@tracefs_get_inode#2 B A
wait
