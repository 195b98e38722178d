#!/bin/sh
# twenty instances: make, remove, make again
# Family A of the recorded runs as a shell script. Each line is one record, named at its end. Run with the userland
# "bare", whose commands make just the recorded system calls.
mkdir instances/i1  # @5
mkdir instances/i2  # @6
mkdir instances/i3  # @7
mkdir instances/i4  # @8
mkdir instances/i5  # @9
mkdir instances/i6  # @10
mkdir instances/i7  # @11
mkdir instances/i8  # @12
mkdir instances/i9  # @13
mkdir instances/i10  # @14
mkdir instances/i11  # @15
mkdir instances/i12  # @16
mkdir instances/i13  # @17
mkdir instances/i14  # @18
mkdir instances/i15  # @19
mkdir instances/i16  # @20
mkdir instances/i17  # @21
mkdir instances/i18  # @22
mkdir instances/i19  # @23
mkdir instances/i20  # @24
true  # @25
echo 2 > /proc/sys/vm/drop_caches  # @26
rmdir instances/i1  # @27
rmdir instances/i2  # @28
rmdir instances/i3  # @29
rmdir instances/i4  # @30
rmdir instances/i5  # @31
rmdir instances/i6  # @32
rmdir instances/i7  # @33
rmdir instances/i8  # @34
rmdir instances/i9  # @35
rmdir instances/i10  # @36
rmdir instances/i11  # @37
rmdir instances/i12  # @38
rmdir instances/i13  # @39
rmdir instances/i14  # @40
rmdir instances/i15  # @41
rmdir instances/i16  # @42
rmdir instances/i17  # @43
rmdir instances/i18  # @44
rmdir instances/i19  # @45
rmdir instances/i20  # @46
true  # @47
echo 2 > /proc/sys/vm/drop_caches  # @48
echo 2 > /proc/sys/vm/drop_caches  # @49
mkdir instances/i1  # @50
mkdir instances/i2  # @51
mkdir instances/i3  # @52
rmdir instances/i1  # @53
rmdir instances/i2  # @54
rmdir instances/i3  # @55
