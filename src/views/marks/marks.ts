/** What tells kernels, structures and states of a dentry apart, for code that draws: the tokens of marks.css, and lines. */

/** Line of a kernel: by channel number, A first. */
export const KERNEL_TOKENS = ['kernel-a', 'kernel-b', 'kernel-c', 'kernel-d'] as const;

/** Dash pattern of a kernel's line in pixels; an empty list is a solid line. */
export const KERNEL_DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3]];

/** For style attributes. */
export const kernelColour = (channel: number): string => `var(--${KERNEL_TOKENS[channel]})`;

export const MARK_TOKENS = [
  ...KERNEL_TOKENS,
  'struct-dentry',
  'struct-inode',
  'struct-eventfs_inode',
  'struct-trace_event_file',
  'struct-other',
  'state-broken',
  'state-removed',
  'state-pinned',
  'state-held',
  'state-negative',
  'state-cached',
  'state-none',
  'state-absent',
] as const;
