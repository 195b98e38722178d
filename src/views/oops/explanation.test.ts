import { describe, expect, it } from 'vitest';
import type { Oops } from '../../state/protocol.ts';
import { allLeftWords, explain, leftWords } from './explanation.ts';

const oops = (given: Partial<Oops>): Oops => ({
  ...{ kind: 'BUG', text: 'kernel BUG at fs/dcache.c:2031!', task: 'A', stack: [], others: [], objects: [] },
  ...{ fatal: true, left: [], ...given },
});

describe('a kernel bug in plain words', () => {
  it('says what the function is for, and what became of the task', () => {
    expect(explain(oops({ stack: ['d_instantiate', 'create_dir_dentry'] }), 'Two tasks make one entry.')).toBe(
      'd_instantiate gives a dentry its inode, once in its life. This dentry had one already: another task had made the same entry in the meantime. Task A died of it. Two tasks make one entry.',
    );
    expect(explain(oops({ kind: 'WARN', fatal: false, stack: ['dput'] }), undefined)).toMatch(
      /^dput drops a reference/,
    );
    expect(explain(oops({ kind: 'deadlock', fatal: false, stack: ['dput'] }), undefined)).toMatch(/^A task waits/);
  });

  it('says what stays broken', () => {
    expect(allLeftWords(['eventfs_srcu', 'eventfs_srcu'])).toEqual([expect.stringMatching(/no grace period ends/)]);
    expect(leftWords('i_rwsem of sched (shared)')).toMatch(/^i_rwsem of sched \(shared\): nobody can create or remove/);
    expect(leftWords('eventfs_mutex')).toBe('eventfs_mutex: whoever wants it waits for ever');
  });
});
