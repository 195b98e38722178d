# @bug B31
# @title A dentry that reclaim is killing is handed out once more
# @design v6.6
# @also v6.7
# @fixed v6.8
# @expect invariant I3
# @expect invariant I8
# @expect oops use after free
# @symptom The open directory holds a dentry that is freed under it; its close is a use after free.
# @commit 43aa6f97c2d0 eventfs: Get rid of dentry pointers without refcounts

# @caption The dentry of sched_switch, in use by nobody.
stat -c %n events/sched/sched_switch

# @caption Reclaim has marked it dead and unhashed it, but not yet told eventfs, which stores its bare address.
# @task R
echo 2 > /proc/sys/vm/drop_caches &
# @caption A opens the directory above it and takes a reference on what the descriptor points to.
# @task A
{ exec 3< events/sched; getdents 3 > /dev/null; exec 3<&-; } &
# @schedule R@d_iput A@fdget_pos R rcu A
wait
