# @bug B30
# @title Names that do not exist stay in memory
# @design v6.11
# @also v6.6 v6.7 v6.8 v6.9 v6.10
# @fixed v6.17
# @expect stdout negative dentries: 8
# @symptom Each name that was asked for and is not there leaves a negative dentry on the LRU, until memory is short.
# @commit d9b13cdad80d tracefs: Add d_delete to remove negative dentries

# @caption Eight questions for files that tracefs does not have. simple_lookup() hashes a negative dentry for each.
for name in a b c d e f g h; do test -e "no-such-file-$name"; done

# @caption Up to v6.5 such a dentry was deleted with its last user. tracefs_dentry_operations, made for eventfs, took that away by accident.
set -- $(cat /proc/sys/fs/dentry-state)
echo "negative dentries: $5"
