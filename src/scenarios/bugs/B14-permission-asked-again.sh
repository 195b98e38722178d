# @bug B14
# @title Reading an open directory asks for permission once more, for every entry
# @design v6.8-merge
# @fixed v6.8-rc2
# @expect stdout entries: 2
# @expect invariant I15 never listed
# @symptom getdents gives "." and ".." and no error.
# @commit 852e46e239ee eventfs: Do not create dentries nor inodes in iterate_shared
# @note Christian Brauner, 2024-01-11: lookup_one_len() checks the permission of whoever reads.

# @caption Anybody may come in, and somebody opens the directory.
mount -o remount,mode=755 /sys/kernel/tracing
exec 3< events/timer

# @caption From now on nobody else may look anything up in it. What is open stays open: reading goes by the descriptor.
chmod 700 events/timer
echo 2 > /proc/sys/vm/drop_caches
su -s /bin/bash nobody -c 'echo "entries: $(getdents 3 | wc -l)"'
exec 3<&-
