# @bug B37
# @title remount asks the cursor of an open directory for its inode
# @design v6.7:cursor=asked
# @fixed v6.7
# @expect oops null dereference d_inode of the cursor
# @symptom mount -o remount,gid= dies of a NULL pointer in set_gid().
# @commit ad579864637a tracefs: Check for dentry->d_inode exists in set_gid()
# @note Found by fuzzing (Ubisectech Sirius); 7e8358edf503 had brought it in December 2023, late for v6.7.

# @caption A partly read directory: its cursor stands among the children, a dentry without an inode.
exec 3< .
getdents 3 5

# @caption set_gid() walks over all dentries.
mount -o remount,gid=1000 /sys/kernel/tracing
exec 3<&-
