#!/bin/sh
# walk one: lookups, holds, drop_caches, attributes (the refused operations after record 85 have no command)
# Family B of the recorded runs as a shell script. Each line is one record, named at its end. Run with the userland
# "bare", whose commands make just the recorded system calls.
stat events/sched/sched_switch/enable  # @5
stat events/sched/sched_switch/enable  # @6
stat events/sched/sched_switch/id  # @7
stat events/sched/sched_waking  # @8
stat events/sched/sched_switch/nosuch  # @9
stat events/sched/sched_switch/nosuch  # @10
stat events/nosuch  # @11
stat instances/nosuch  # @12
stat nosuch  # @13
echo 2 > /proc/sys/vm/drop_caches  # @14
echo 2 > /proc/sys/vm/drop_caches  # @15
echo 2 > /proc/sys/vm/drop_caches  # @16
exec 3< events/sched  # @17
getdents 3  # @18
exec 4< events/sched  # @19
getdents 4  # @20
echo 2 > /proc/sys/vm/drop_caches  # @21
stat events/sched/sched_switch/enable  # @22
echo 2 > /proc/sys/vm/drop_caches  # @23
echo 2 > /proc/sys/vm/drop_caches  # @24
exec 4<&-  # @25
exec 3<&-  # @26
echo 2 > /proc/sys/vm/drop_caches  # @27
echo 2 > /proc/sys/vm/drop_caches  # @28
exec 3< events/sched; getdents 3; exec 3<&-  # @29
exec 3< events; getdents 3; exec 3<&-  # @30
echo 2 > /proc/sys/vm/drop_caches  # @31
echo 2 > /proc/sys/vm/drop_caches  # @32
exec 3< events/sched/sched_switch/enable  # @33
echo 2 > /proc/sys/vm/drop_caches  # @34
echo 2 > /proc/sys/vm/drop_caches  # @35
exec 3<&-  # @36
echo 2 > /proc/sys/vm/drop_caches  # @37
echo 2 > /proc/sys/vm/drop_caches  # @38
opath 3 events/sched/sched_switch  # @39
echo 2 > /proc/sys/vm/drop_caches  # @40
exec 3<&-  # @41
echo 2 > /proc/sys/vm/drop_caches  # @42
echo 2 > /proc/sys/vm/drop_caches  # @43
stat events/sched/sched_switch/enable  # @44
stat events/sched/sched_switch/id  # @45
stat events/sched/sched_switch/filter  # @46
stat events/sched/sched_switch/trigger  # @47
stat events/sched/sched_switch/format  # @48
stat events/sched/sched_switch/hist  # @49
stat events/sched/sched_switch/inject  # @50
stat events/sched/sched_switch/hist_debug  # @51
echo 2 > /proc/sys/vm/drop_caches  # @52
echo 2 > /proc/sys/vm/drop_caches  # @53
cat events/sched/sched_switch/enable  # @54
cat events/sched/sched_switch/id  # @55
cat events/sched/sched_switch/filter  # @56
cat events/sched/sched_switch/trigger  # @57
cat events/sched/sched_switch/format  # @58
cat events/sched/sched_switch/hist  # @59
echo 2 > /proc/sys/vm/drop_caches  # @60
echo 2 > /proc/sys/vm/drop_caches  # @61
echo 1 > events/sched/sched_switch/enable  # @62
echo 0 > events/sched/sched_switch/enable  # @63
echo 2 > /proc/sys/vm/drop_caches  # @64
echo 2 > /proc/sys/vm/drop_caches  # @65
chmod 0600 events/sched/sched_waking/enable  # @66
echo 2 > /proc/sys/vm/drop_caches  # @67
echo 2 > /proc/sys/vm/drop_caches  # @68
stat events/sched/sched_waking/enable  # @69
chmod 0640 events/sched/sched_waking/enable  # @70
chown 5:6 events/sched  # @71
echo 2 > /proc/sys/vm/drop_caches  # @72
echo 2 > /proc/sys/vm/drop_caches  # @73
stat events/sched  # @74
stat events/sched/sched_switch  # @75
mount -o remount,gid=77 /sys/kernel/tracing  # @76
stat events/sched  # @77
stat events/irq  # @78
echo 2 > /proc/sys/vm/drop_caches  # @79
echo 2 > /proc/sys/vm/drop_caches  # @80
for f in enable id filter trigger format hist inject hist_debug; do stat events/sched/sched_switch/$f; done; echo 2 > /proc/sys/vm/drop_caches; echo 2 > /proc/sys/vm/drop_caches  # @81
for f in enable id filter trigger format hist inject hist_debug; do stat events/sched/sched_switch/$f; done; echo 2 > /proc/sys/vm/drop_caches; echo 2 > /proc/sys/vm/drop_caches  # @82
for f in enable id filter trigger format hist inject hist_debug; do stat events/sched/sched_switch/$f; done; echo 2 > /proc/sys/vm/drop_caches; echo 2 > /proc/sys/vm/drop_caches  # @83
for f in enable id filter trigger format hist inject hist_debug; do stat events/sched/sched_switch/$f; done; echo 2 > /proc/sys/vm/drop_caches; echo 2 > /proc/sys/vm/drop_caches  # @84
for f in enable id filter trigger format hist inject hist_debug; do stat events/sched/sched_switch/$f; done; echo 2 > /proc/sys/vm/drop_caches; echo 2 > /proc/sys/vm/drop_caches  # @85
