# @bug B29
# @title A reader sees a new directory before its name
# @design v6.17:stores=weak
# @fixed v7.0:stores=weak
# @expect oops null dereference ei->name
# @expect invariant I11
# @symptom On arm64 or POWER a listing meets an entry without a name. x86 keeps stores in order and never shows it.
# @commit f67950b2887f eventfs: Use list_add_tail_rcu() for SRCU-protected children list

echo 'p:kprobes/kp1 vfs_read' >> kprobe_events

# @caption A lists the directory and has come to kp1; from here on it takes no lock. B links the directory of kp2 behind it. On a weakly
# @caption ordered CPU others may see the link while name and entries are still on their way: list_add_tail() promises nothing,
# @caption list_add_tail_rcu() does.
# @task A
ls events/kprobes &
# @task B
echo 'p:kprobes/kp2 vfs_write' >> kprobe_events &
# @schedule A@dir_emit#3 B@list_add_tail A B
wait
