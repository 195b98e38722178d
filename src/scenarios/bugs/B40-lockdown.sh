# @bug B40
# @title Lockdown at the wrong moment leaves a directory locked for ever
# @design v6.17
# @also v6.8 v6.9 v6.10 v6.11
# @fixed v6.19
# @expect oops leak i_rwsem of x
# @expect deadlock i_rwsem
# @expect invariant I2 events
# @symptom Whoever touches the new instance hangs, unkillable.
# @commit – tracefs: fix a leak in eventfs_create_events_dir(), <20251111065520.2847791-3-viro@zeniv.linux.org.uk>

# @caption A makes an instance and has come to its directory events. B forbids tracefs: this cannot be taken back until reboot.
# @caption A locks the parent and takes a dentry for events, asks whether that is allowed, and returns. Lock and dentry stay.
# @task A
mkdir instances/x &
# @task B
echo confidentiality > /sys/kernel/security/lockdown &
# @schedule A@eventfs_create_events_dir B A
wait

# @caption Every look into the instance waits for the lock.
ls instances/x
