# @bug B43
# @title Deleting a kprobe frees what an open file of it still points to
# @vfs 6.6
# @design v6.6
# @also v6.6-rc2 v6.7
# @fixed v6.9
# @expect oops use after free slab-use-after-free in tracing_release_file_tr
# @expect invariant I14
# @symptom close, read or write of the held file uses a trace_event_file that was freed (CVE-2023-52879).
# @commit bb32500fb9b7 tracing: Have trace_event_file have ref counters

# @caption The script of the commit: hold the enable file of a kprobe event, and delete the kprobe.
echo 'p:sched schedule' >> kprobe_events
exec 5>> events/kprobes/sched/enable
echo '-:sched' >> kprobe_events

# @caption The trace_event_file went with the event. Close looks there for the instance.
exec 5>&-
