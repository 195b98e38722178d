# @bug B32
# @title An entry that is there all the time is never listed
# @design v7.1
# @also v6.8 v6.9 v6.10 v6.11 v6.12 v6.17 v6.19 v7.0
# @fixed open-array
# @expect invariant I15 /b
# @symptom A program that reads a directory in small pieces misses an event when another one is removed meanwhile.
# @commit – nobody has reported it; getdents of a real file system would be wrong to do so

echo 'p:kprobes/a vfs_read' >> kprobe_events
echo 'p:kprobes/b vfs_write' >> kprobe_events
echo 'p:kprobes/c vfs_open' >> kprobe_events

# @caption The position of an open directory is an index: two dots, two files, and a makes five.
exec 3< events/kprobes
getdents 3 5

# @caption a goes. b is the first child now, and c the second.
echo '-:kprobes/a' >> kprobe_events

# @caption Reading goes on at index 1: that is c. A cursor in the list, as up to v6.7, or an array made at open, as it was proposed, knows better.
getdents 3
exec 3<&-
