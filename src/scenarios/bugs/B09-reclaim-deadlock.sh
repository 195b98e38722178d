# @bug B9
# @title An allocation under eventfs_mutex reclaims a dentry whose death wants eventfs_mutex
# @design v6.7
# @fixed v6.7:attrs=nofs
# @expect deadlock eventfs_mutex
# @expect invariant I16
# @symptom chmod waits for a lock that it holds itself, and nobody can look anything up in events/ any more.
# @commit 4763d635c907 eventfs: Use GFP_NOFS for allocation when eventfs_mutex is held
# @note Mark Rutland saw the lockdep splat. In practice memory has to be short in that very moment.

# @caption Two files in the cache, in use by nobody.
stat -c %n events/sched/sched_switch/enable events/sched/sched_switch/filter

# @caption Memory is short: every allocation that may has to reclaim first.
echo 999999999 > /proc/sys/vm/min_free_kbytes

# @caption The first chmod in a directory allocates room for the attributes of its files, with eventfs_mutex held.
chmod g+w events/sched/sched_switch/filter

echo 67584 > /proc/sys/vm/min_free_kbytes
