# @bug B22
# @title A held format file reads an event that is gone
# @design v6.10
# @also v6.8 v6.9
# @fixed v6.11
# @expect oops use after free trace_event_call
# @expect invariant I14
# @symptom KASAN: slab-use-after-free in f_start; before that bug was known, whatever lay there by then.
# @commit b1560408692c tracing: Have format file honor EVENT_FILE_FL_FREED

echo 'p:kprobes/hello vfs_read' >> kprobe_events

# @caption All other files of an event point to its trace_event_file. format takes a shortcut to the event itself, since it says the
# @caption same in every instance.
exec 3< events/kprobes/hello/format

# @caption An open format does not make the event busy. The event goes, and its memory with it.
echo '-:kprobes/hello' >> kprobe_events

# @caption The file cannot know: the mark "freed" is in the trace_event_file. From v6.11 on it looks there and says ENODEV.
head -c 16 <&3
exec 3<&-
