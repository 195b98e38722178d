#!/bin/sh
# a hundred instances
# Family H of the recorded runs as a shell script. Each line is one record, named at its end. Run with the userland
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
mkdir instances/i21  # @25
mkdir instances/i22  # @26
mkdir instances/i23  # @27
mkdir instances/i24  # @28
mkdir instances/i25  # @29
mkdir instances/i26  # @30
mkdir instances/i27  # @31
mkdir instances/i28  # @32
mkdir instances/i29  # @33
mkdir instances/i30  # @34
mkdir instances/i31  # @35
mkdir instances/i32  # @36
mkdir instances/i33  # @37
mkdir instances/i34  # @38
mkdir instances/i35  # @39
mkdir instances/i36  # @40
mkdir instances/i37  # @41
mkdir instances/i38  # @42
mkdir instances/i39  # @43
mkdir instances/i40  # @44
mkdir instances/i41  # @45
mkdir instances/i42  # @46
mkdir instances/i43  # @47
mkdir instances/i44  # @48
mkdir instances/i45  # @49
mkdir instances/i46  # @50
mkdir instances/i47  # @51
mkdir instances/i48  # @52
mkdir instances/i49  # @53
mkdir instances/i50  # @54
mkdir instances/i51  # @55
mkdir instances/i52  # @56
mkdir instances/i53  # @57
mkdir instances/i54  # @58
mkdir instances/i55  # @59
mkdir instances/i56  # @60
mkdir instances/i57  # @61
mkdir instances/i58  # @62
mkdir instances/i59  # @63
mkdir instances/i60  # @64
mkdir instances/i61  # @65
mkdir instances/i62  # @66
mkdir instances/i63  # @67
mkdir instances/i64  # @68
mkdir instances/i65  # @69
mkdir instances/i66  # @70
mkdir instances/i67  # @71
mkdir instances/i68  # @72
mkdir instances/i69  # @73
mkdir instances/i70  # @74
mkdir instances/i71  # @75
mkdir instances/i72  # @76
mkdir instances/i73  # @77
mkdir instances/i74  # @78
mkdir instances/i75  # @79
mkdir instances/i76  # @80
mkdir instances/i77  # @81
mkdir instances/i78  # @82
mkdir instances/i79  # @83
mkdir instances/i80  # @84
mkdir instances/i81  # @85
mkdir instances/i82  # @86
mkdir instances/i83  # @87
mkdir instances/i84  # @88
mkdir instances/i85  # @89
mkdir instances/i86  # @90
mkdir instances/i87  # @91
mkdir instances/i88  # @92
mkdir instances/i89  # @93
mkdir instances/i90  # @94
mkdir instances/i91  # @95
mkdir instances/i92  # @96
mkdir instances/i93  # @97
mkdir instances/i94  # @98
mkdir instances/i95  # @99
mkdir instances/i96  # @100
mkdir instances/i97  # @101
mkdir instances/i98  # @102
mkdir instances/i99  # @103
mkdir instances/i100  # @104
echo 2 > /proc/sys/vm/drop_caches  # @105
for i in $(seq 1 10); do rmdir instances/i$i; done  # @106
for i in $(seq 11 20); do rmdir instances/i$i; done  # @107
for i in $(seq 21 30); do rmdir instances/i$i; done  # @108
for i in $(seq 31 40); do rmdir instances/i$i; done  # @109
for i in $(seq 41 50); do rmdir instances/i$i; done  # @110
for i in $(seq 51 60); do rmdir instances/i$i; done  # @111
for i in $(seq 61 70); do rmdir instances/i$i; done  # @112
for i in $(seq 71 80); do rmdir instances/i$i; done  # @113
for i in $(seq 81 90); do rmdir instances/i$i; done  # @114
for i in $(seq 91 100); do rmdir instances/i$i; done  # @115
echo 2 > /proc/sys/vm/drop_caches  # @116
