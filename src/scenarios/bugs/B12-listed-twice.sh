# @bug B12
# @title Files are listed twice where the directory lacks others
# @kernel eventfs-jan2024-iterate
# @design v6.8-merge
# @fixed v6.8-rc2
# @expect stdout entries: 6
# @expect invariant I15 function/hist was listed more than once
# @symptom ls shows format, hist and id twice.
# @commit 1e4624eb5a0e eventfs: Do ctx->pos update for all iterations in eventfs_iterate()

# @caption This directory has three of the six files of an event. The position counts what was emitted, the way back to it counts all.
echo "entries: $(ls events/ftrace/function | wc -l)"
