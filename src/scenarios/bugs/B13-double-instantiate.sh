# @bug B13
# @title Two readers of one directory instantiate the same dentry
# @design v6.8-merge
# @fixed v6.8-rc2
# @vfs 6.7-rc2
# @expect oops BUG kernel BUG at fs/dcache.c:2031!
# @expect invariant I4
# @symptom kernel BUG in d_instantiate(). The task dies with the directory locked and an SRCU section open: nothing is removed there any more.
# @commit 852e46e239ee eventfs: Do not create dentries nor inodes in iterate_shared
# @note The robot saw it with stress-ng getdent on 64 threads of 6.7.0-rc2-00042 (2024-01-15). A dies in its inner frame, as task 4374 did.

test -d events/timer

# @caption Two descriptors for one directory: getdents of both holds its lock in shared mode.
# @task A
ls events/timer &
# @task B
ls events/timer &
# @caption A has published the name as a hashed negative dentry and B finds it; both see that it has no inode yet.
# @schedule A@tracefs_get_inode B@d_instantiate A@d_instantiate B@mutex_lock A B
wait
