/** `exec` with redirections only: opens and holds, closes. Its work is done where redirections are (run/simple.ts). */
import type { ShellCommand } from './command.ts';

export const exec: ShellCommand = {
  name: 'exec',
  synopsis: 'exec [N< FILE] [N> FILE] [N<&-]...',
  kind: 'builtin',
  calls: {
    coreutils:
      'open (O_RDONLY; for > O_WRONLY, O_CREAT, O_TRUNC), and dup2 and close if N is not the lowest free descriptor; N<&-: close, none if N is not open',
    bare: 'the same without O_CREAT and O_TRUNC',
  },
  unsupported: (words) => (words.length > 0 ? 'exec with a command' : undefined),
  *run() {
    return 0;
  },
};
