# @bug B41
# @title The tracing directory is open to everybody
# @design v6.17
# @also v6.19
# @fixed v7.0
# @expect stdout mode of the tracefs root: 755
# @symptom ls /sys/kernel/tracing works for every user, where 0700 was meant.
# @commit e8368d1f4bed tracefs: Fix default permissions not being applied on initial mount

# @caption The kernel itself mounts tracefs first. Since e4d32142d1de (v6.12) options are applied by a function that finds none then,
# @caption and a later mount changes the mode only when it is given. The root keeps the mode of a new superblock.
stat -c 'mode of the tracefs root: %a' .
