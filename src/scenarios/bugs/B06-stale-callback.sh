# @bug B6
# @title The callback of an entry is called with an event that is gone
# @design v6.7:life=srcu,callback=unlocked
# @fixed v6.7
# @expect oops use after free trace_event_file
# @expect invariant I14
# @symptom event_callback() reads a trace_event_file that was freed.
# @commit 44365329f821 eventfs: Hold eventfs_mutex when calling callback functions

echo 'p:kprobes/kp1 vfs_read' >> kprobe_events
test -d events/kprobes/kp1

# @caption A has found the entry "enable" of kp1 and is about to ask its callback; B removes the event and frees what the callback looks at.
# @task A
stat -c %n events/kprobes/kp1/enable &
# @task B
echo '-:kprobes/kp1' >> kprobe_events &
# @schedule A@event_callback B rcu A
wait
