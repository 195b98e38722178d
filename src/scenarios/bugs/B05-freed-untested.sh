# @bug B5
# @title A lookup uses the dentry of a directory that has just been removed
# @design v6.7:life=srcu,freed=untested
# @fixed v6.7
# @expect oops null dereference d_inode of ei->dentry
# @symptom The lookup takes ei->dentry for its parent, which the removal has cleared, and dereferences NULL.
# @commit 77a06c33a22d eventfs: Test for ei->is_freed when accessing ei->dentry

echo 'p:kprobes/kp1 vfs_read' >> kprobe_events
test -d events/kprobes/kp1

# @caption A has found the entry and is about to create its dentry below ei->dentry; B removes the event and clears that. Only is_freed would tell A.
# @task A
stat -c %n events/kprobes/kp1/enable &
# @task B
echo '-:kprobes/kp1' >> kprobe_events &
# @schedule A@create_file_dentry B A
wait
