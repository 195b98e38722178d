#!/bin/sh
# recursive listings
# Family C of the recorded runs as a shell script. Each line is one record, named at its end. Run with the userland
# "bare", whose commands make just the recorded system calls.
ls -R events  # @5
ls -R events  # @6
echo 2 > /proc/sys/vm/drop_caches  # @7
echo 2 > /proc/sys/vm/drop_caches  # @8
ls -lR events  # @9
true  # @10
ls -lR events  # @11
echo 2 > /proc/sys/vm/drop_caches  # @12
echo 2 > /proc/sys/vm/drop_caches  # @13
echo 2 > /proc/sys/vm/drop_caches  # @14
echo 2 > /proc/sys/vm/drop_caches  # @15
mkdir instances/foo  # @16
ls -R instances/foo/events  # @17
ls -lR instances/foo/events  # @18
ls -lR instances/foo  # @19
rmdir instances/foo  # @20
mkdir instances/foo  # @21
ls -lR instances/foo  # @22
echo 2 > /proc/sys/vm/drop_caches  # @23
echo 2 > /proc/sys/vm/drop_caches  # @24
echo 2 > /proc/sys/vm/drop_caches  # @25
rmdir instances/foo  # @26
echo 2 > /proc/sys/vm/drop_caches  # @27
echo 2 > /proc/sys/vm/drop_caches  # @28
ls -lR .  # @29
echo 2 > /proc/sys/vm/drop_caches  # @30
echo 2 > /proc/sys/vm/drop_caches  # @31
echo 2 > /proc/sys/vm/drop_caches  # @32
echo 2 > /proc/sys/vm/drop_caches  # @33
ls -lR events  # @34
echo 2 > /proc/sys/vm/drop_caches; echo 2 > /proc/sys/vm/drop_caches; echo 2 > /proc/sys/vm/drop_caches  # @35
ls -lR events  # @36
echo 2 > /proc/sys/vm/drop_caches; echo 2 > /proc/sys/vm/drop_caches; echo 2 > /proc/sys/vm/drop_caches  # @37
ls -lR events  # @38
echo 2 > /proc/sys/vm/drop_caches; echo 2 > /proc/sys/vm/drop_caches; echo 2 > /proc/sys/vm/drop_caches  # @39
