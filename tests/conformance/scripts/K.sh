#!/bin/sh
# open a directory, create an event in it, look it up, close; then with two descriptors
# Family K of the recorded runs as a shell script. Each line is one record, named at its end. Run with the userland
# "bare", whose commands make just the recorded system calls.
echo 'p:grp/ev1 vfs_read' >> kprobe_events  # @5
exec 3< events/grp  # @6
getdents 3  # @7
echo 'p:grp/ev2 vfs_write' >> kprobe_events  # @8
stat events/grp/ev2  # @9
rewind 3; getdents 3  # @10
exec 3<&-  # @11
stat events/grp/ev2  # @12
echo 2 > /proc/sys/vm/drop_caches  # @13
echo 2 > /proc/sys/vm/drop_caches  # @14
stat events/grp/ev2  # @15
exec 3< events/grp  # @16
echo 'p:grp/ev3 vfs_fsync' >> kprobe_events  # @17
exec 4< events/grp  # @18
getdents 3  # @19
getdents 4  # @20
exec 3<&-  # @21
echo 2 > /proc/sys/vm/drop_caches  # @22
exec 4<&-  # @23
echo 2 > /proc/sys/vm/drop_caches  # @24
echo 2 > /proc/sys/vm/drop_caches  # @25
echo '-:grp/ev3' >> kprobe_events  # @26
echo '-:grp/ev2' >> kprobe_events  # @27
echo '-:grp/ev1' >> kprobe_events  # @28
echo 2 > /proc/sys/vm/drop_caches  # @29
echo 2 > /proc/sys/vm/drop_caches  # @30
