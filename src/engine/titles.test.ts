import { describe, expect, it } from 'vitest';
import { titlesOf } from './titles.ts';

const kernel = (machine: string, design: string, ownDesign = false, vfs = '6.6.144') => ({
  machine,
  design,
  ownDesign,
  vfs,
});

describe('the titles of a lockstep', () => {
  it('are the releases of kernels as they were, and else the designs', () => {
    expect(titlesOf([kernel('Linux 6.1', 'native', true), kernel('Linux 6.12', 'eventfs v6.12', true)])).toEqual([
      'Linux 6.1',
      'Linux 6.12',
    ]);
    expect(titlesOf([kernel('small tree', 'eventfs v6.6'), kernel('Linux 6.12', 'eventfs v6.7')])).toEqual([
      'eventfs v6.6',
      'eventfs v6.7',
    ]);
  });

  it('say what differs where the design is the same', () => {
    const small = kernel('small tree', 'eventfs v6.6');
    expect(titlesOf([small, kernel('small tree', 'eventfs v6.6', false, '6.6')])).toEqual([
      'eventfs v6.6 on VFS 6.6.144',
      'eventfs v6.6 on VFS 6.6',
    ]);
    expect(titlesOf([small, kernel('Linux 6.12', 'eventfs v6.6')])).toEqual([
      'eventfs v6.6 on small tree',
      'eventfs v6.6 on Linux 6.12',
    ]);
    expect(titlesOf([small, small])).toEqual(['eventfs v6.6 A', 'eventfs v6.6 B']);
  });
});
