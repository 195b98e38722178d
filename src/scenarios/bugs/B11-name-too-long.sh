# @bug B11
# @title A lookup of a very long name waits for itself
# @design v6.6-rc2
# @also v6.6 v6.7
# @fixed v6.8-merge
# @expect deadlock lookup of aaaaaaaa
# @symptom The task hangs for ever and cannot be killed.
# @commit 5eaf7f0589c0 eventfs: Fix events beyond NAME_MAX blocking tasks
# @note Beau Belgrave met it with a user event of 256 characters; synthetic events have no limit either.

# @caption An event whose name is one character longer than a file name may be.
name=$(printf 'a%.0s' {1..256})
echo "$name u64 x" >> synthetic_events
test -d events/synthetic

# @caption simple_lookup() refuses the name and leaves the dentry in lookup; eventfs goes on, looks the name up, and waits for that lookup.
stat -c %n "events/synthetic/$name"
