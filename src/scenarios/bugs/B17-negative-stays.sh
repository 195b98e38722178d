# @bug B17
# @title A name that was asked for too early is never found
# @design v6.8-draft
# @fixed v6.8
# @expect invariant I6 kprobes
# @expect stdout events/kprobes/sched is not found
# @symptom The event exists, its files do not: every lookup ends at the negative dentry of a question asked before.
# @commit 49304c2b93e4 tracefs: dentry lookup crapectomy

# @caption Nobody has made a kprobe yet. The first draft of lookup hashes a negative dentry for events/kprobes and lets it stay.
test -e events/kprobes/sched

# @caption Now there is one. Making it touches descriptors only, and no dentry.
echo 'p:sched schedule' >> kprobe_events

# @caption The walk finds the cached negative dentry, which no revalidation calls stale, and asks eventfs no more.
[ -e events/kprobes/sched ] || echo 'events/kprobes/sched is not found'
