import { describe, expect, it } from 'vitest';
import { hasSameTree, withSameTree } from './same-tree.ts';

describe('the same event tree on both', () => {
  const config = { channels: [{ kernel: 'old' }, { kernel: 'new' }], cpus: 2, userland: 'coreutils' } as const;

  it('gives all kernels the tree of the newest, and back their own', () => {
    const same = withSameTree(config, true);
    expect(same.channels).toEqual([{ kernel: 'old', tree: 'new' }, { kernel: 'new' }]);
    expect([hasSameTree(config), hasSameTree(same)]).toEqual([false, true]);
    expect(withSameTree(same, false)).toEqual(config);
  });
});
