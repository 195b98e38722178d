# @bug B18
# @title The link count of a directory grows with every look
# @design v6.8-draft
# @fixed v6.8
# @expect invariant I13 events
# @expect stdout the link count of events has grown
# @symptom ls -ld shows more and more links for a directory in which nothing was ever made.
# @commit ca185770db91 eventfs: Keep all directory links at 1

# @caption What a directory has when nobody has looked into it.
before=$(stat -c %h events)

# @caption Lookup of a subdirectory raises the link count of its parent, as mkdir would. Reclaim takes the dentry away and lowers nothing.
stat -c '%n has %h links' events/sched
echo 2 > /proc/sys/vm/drop_caches

# @caption Again, and once more.
stat -c '%n has %h links' events/sched
echo 2 > /proc/sys/vm/drop_caches
stat -c '%n has %h links' events/sched

[ "$(stat -c %h events)" = "$before" ] || echo 'the link count of events has grown'
