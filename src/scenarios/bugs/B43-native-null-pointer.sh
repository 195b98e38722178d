# @bug B43
# @title Deleting a kprobe clears what the close of an open file of it follows
# @vfs 6.6
# @design v6.5
# @fixed v6.9
# @expect oops null dereference inode->i_private
# @symptom close of the held file dies of a NULL pointer in tracing_release_file_tr() (CVE-2023-52879).
# @commit bb32500fb9b7 tracing: Have trace_event_file have ref counters

# @caption The script of the commit: hold the enable file of a kprobe event, and delete the kprobe.
echo 'p:sched schedule' >> kprobe_events
exec 5>> events/kprobes/sched/enable
echo '-:sched' >> kprobe_events

# @caption Native tracefs sets i_private of the removed files to NULL, which open looks at and close does not.
exec 5>&-
