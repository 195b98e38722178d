/**
 * eventfs since v6.8: section 12.3 of docs/eventfs-designs.md as far as it concerns it, the switches one by one, and what no
 * script can bring about.
 */
import { describe, expect, it } from 'vitest';
import { Race } from '../../testing/race.ts';
import { gidOf } from '../../vfs/owner.ts';
import { descriptors } from '../common/descriptor-tables.ts';
import { children, FILE_INO } from '../common/descriptors.ts';
import { DESIGNS, findDesign } from '../registry.ts';
import { removeDir } from './lifetime.ts';
import { EVENTFS_VARIANTS, type EventfsSwitches } from './switches.ts';

/** The eventfs_inode of "kprobes/kp" in the top instance, or in the one that was made last. */
function eiOf(m: Race, path: string): number {
  const { k } = m.kernel;
  let ei = k.tr.cols.eventsEntry[k.small.lastInstance];
  for (const part of path.split('/'))
    ei = children(k, ei).find((c) => k.text(descriptors(k).cols.name[c]) === part) as number;
  return ei;
}

const krefOf = (m: Race, ei: number): number => descriptors(m.kernel.k).cols.kref[ei];
const KP = 'events/kprobes/kp';

describe('12.3, snapshot versus live listing', () => {
  const listed = (design: string): unknown => {
    const m = new Race(design);
    for (const name of ['a', 'b', 'c']) m.run(`T2: kprobe p:kprobes/${name} vfs_read`);
    m.run('T1: opendir events/kprobes');
    const first = m.run('T1: next 5');
    m.run('T2: kprobe -:kprobes/a');
    return [first, m.run('T1: getdents'), m.kernel.checkInvariants(), m.bugs];
  };

  it.each(['v6.8', 'v6.12', 'v7.1'])('never lists b on %s: the position is an index (B32)', (design) => {
    expect(listed(design)).toEqual(['. .. filter enable a', 'c', [], []]);
  });

  it.each(['open-array', 'open-array:open=creates', 'open-array:open=references'])(
    'is frozen at open on %s',
    (design) => {
      expect(listed(design)).toEqual(['. .. filter enable a', 'b c', [], []]);
    },
  );
});

describe('12.3, rmdir with an open directory', () => {
  it('succeeds, and the directory is stale until reclaim', () => {
    const m = new Race('v6.12');
    m.run('T2: mkdir instances/foo');
    m.run('T1: opendir instances/foo/events/sched');
    const sched = eiOf(m, 'sched');
    const dentry = m.dentry('instances/foo/events/sched');
    expect(krefOf(m, sched)).toBe(2); // its creator and its dentry
    expect(m.run('T2: rmdir instances/foo')).toBe(0);
    expect(krefOf(m, sched)).toBe(1);
    expect(descriptors(m.kernel.k).cols.freed[sched]).toBe(1);
    expect(m.run('T1: getdents')).toBe('. ..'); // both dots come before the look at the eventfs_inode, and count more than its error
    expect(m.run('T1: getdents')).toBe('EINVAL');
    m.run('T1: close');
    expect(m.countOf(dentry)).toBe('0 LRU'); // still hashed: below `events`, which is not
    expect(descriptors(m.kernel.k).isLive(sched)).toBe(true);
    m.run('T2: drop_caches');
    expect(m.countOf(dentry)).toBe('freed');
    expect(descriptors(m.kernel.k).isLive(sched)).toBe(false);
    expect(m.kernel.checkInvariants()).toEqual([]);
  });

  it('frees nothing while an event file is open, which makes the instance busy', () => {
    const m = new Race('v6.12');
    m.run('T2: mkdir instances/foo');
    m.run('T1: open instances/foo/events/sched/sched_switch/enable');
    expect(m.run('T2: rmdir instances/foo')).toBe('EBUSY');
  });
});

describe('12.3, reclaim and kref', () => {
  it('counts the creator, the dentry and the file dentries', () => {
    const m = new Race('v6.12');
    m.run('T: kprobe p:kprobes/kp vfs_read');
    const kp = eiOf(m, 'kprobes/kp');
    const { k } = m.kernel;
    const f = descriptors(k).cols.data[kp];
    m.run(`T: stat ${KP}/enable`);
    expect(krefOf(m, kp)).toBe(3);
    m.run('T: drop_caches');
    expect(krefOf(m, kp)).toBe(1);
    m.run(`T: stat ${KP}/enable`);
    m.run('T: kprobe -:kprobes/kp');
    expect([krefOf(m, kp), descriptors(k).cols.freed[kp]]).toEqual([2, 1]);
    expect([m.count(KP), m.count(`${KP}/enable`)]).toEqual(['1', '0 LRU']); // no dentry is touched, both are stale
    expect(k.tefCache.isLive(f)).toBe(true);
    expect(m.run(`T: stat ${KP}/enable`)).toBe('ENOENT'); // revalidate says 0 of kprobes, and all below it goes
    expect(m.count('events/kprobes')).toBe('—');
    expect(k.tefCache.isLive(f)).toBe(false); // with kref 0, through release() of `enable`
    expect(descriptors(k).isLive(kp)).toBe(false); // a grace period of SRCU later
    expect(m.kernel.checkInvariants()).toEqual([]);
  });

  it.each([
    ['v6.8', 'goes at once: no release()', false],
    ['v6.9', 'lives as long as the dentry', true],
  ])('on %s the trace_event_file %s', (design, _, lives) => {
    const m = new Race(design);
    m.run('T: kprobe p:kprobes/kp vfs_read');
    const f = descriptors(m.kernel.k).cols.data[eiOf(m, 'kprobes/kp')];
    m.run(`T: stat ${KP}`);
    m.run('T: kprobe -:kprobes/kp');
    expect(m.kernel.k.tefCache.isLive(f)).toBe(lives);
  });
});

describe('a reader that stands on a removed child', () => {
  /** A is about to copy the name of kp, B removes it; then `between`, and A goes on. What A met. */
  function met(design: string, { looked = false, rcu = false } = {}): readonly string[] {
    const m = new Race(design);
    m.run('B: kprobe p:kprobes/kp vfs_read');
    if (looked) m.run(`B: stat ${KP}`);
    m.run('A: opendir events/kprobes');
    m.start('A: getdents');
    m.until('A', 'dir_emit', 3);
    m.start('B: kprobe -:kprobes/kp');
    m.finish('B');
    if (rcu) m.rcu();
    m.finish('A');
    return m.bugs;
  }
  const POISONED = (offset: string) =>
    `Oops: general protection fault, probably for non-canonical address 0xdead0000000001${offset}`;
  const NULL_AT = (offset: string) => `BUG: kernel NULL pointer dereference, address: 00000000000000${offset}`;
  const KASAN = (fn: string) => `BUG: KASAN: slab-use-after-free in ${fn}`;

  // The offset is that of is_freed in struct eventfs_inode: 0x58 of 96 bytes, 0x50 of 88. A report of September 2024 has dead000000000150.
  it.each<[string, Parameters<typeof met>[1], readonly string[]]>([
    ['v6.8', {}, [KASAN('filldir64'), POISONED('58')]],
    ['v6.8', { looked: true }, [POISONED('58')]],
    ['v6.9', {}, [NULL_AT('50')]],
    ['v6.9', { looked: true }, [POISONED('50')]],
    ['v6.9', { rcu: true }, [KASAN('filldir64'), KASAN('eventfs_iterate'), NULL_AT('50')]],
    ['v6.9:head=children,unlink=rcu', { rcu: true }, [KASAN('filldir64'), KASAN('eventfs_iterate')]],
    ['v6.11', {}, [NULL_AT('50')]],
    ['v6.11', { looked: true }, []],
    ['v6.11', { rcu: true }, [NULL_AT('50')]],
    ['v6.11:head=children', { rcu: true }, []],
    ['v7.0', {}, [NULL_AT('50')]],
    ['v7.1', { rcu: true }, []],
    ['v6.12', { rcu: true }, []],
    ['final-on-6.6', {}, [KASAN('filldir64')]],
  ])('on %s %o meets %o', (design, between, expected) => {
    expect(met(design, between)).toEqual(expected);
  });

  it('leaves at once when the directory itself was removed and its list is an RCU head by now', () => {
    for (const [design, bugs] of [
      ['v7.1', []],
      ['v6.11:head=children', []],
    ] as const) {
      const m = new Race(design);
      for (const name of ['a', 'b']) m.run(`B: kprobe p:kprobes/${name} vfs_read`);
      m.run('A: opendir events/kprobes');
      m.start('A: getdents');
      m.until('A', 'dir_emit', 3);
      for (const name of ['a', 'b']) {
        m.start(`B: kprobe -:kprobes/${name}`);
        m.finish('B');
      }
      m.run('B: drop_caches');
      expect(m.finish('A')).toBe('. .. filter enable a');
      expect(m.bugs).toEqual(bugs);
    }
  });
});

describe('removal of a directory that still has children, which nothing in the kernel asks for (B38)', () => {
  function removeSched(design: string): readonly string[] {
    const m = new Race(design);
    const { k } = m.kernel;
    const sw = EVENTFS_VARIANTS.find(([id]) => id === design)?.[2] as EventfsSwitches;
    const steps = removeDir(k, eiOf(m, 'sched'), sw);
    k.current = m.kernel.spawn('rm');
    try {
      while (steps.next().done !== true);
    } catch {
      // what it met is in the list of oopses
    }
    return m.bugs;
  }

  it('reads the link of the child it has just removed', () => {
    expect(removeSched('v6.8')).toEqual([expect.stringContaining('0xdead000000000100')]);
    expect(removeSched('v6.11')).toEqual(['BUG: kernel NULL pointer dereference, address: 0000000000000000']);
    expect(removeSched('v7.1')).toEqual([]);
  });
});

describe('inode numbers', () => {
  it.each([
    ['v6.9', FILE_INO],
    ['v6.10', FILE_INO + 1],
  ])('on %s a directory gets %i when get_next_ino() comes to the number of the files (B39)', (design, expected) => {
    const m = new Race(design);
    m.kernel.k.small.nextIno = FILE_INO;
    m.run('T: stat events/sched');
    expect(m.kernel.k.inode.ino[m.kernel.k.dentry.inode[m.dentry('events/sched')]]).toBe(expected);
  });
});

describe('a remount on v6.9', () => {
  it('follows ti->private of a file, which is what the recycled inode of a directory left there', () => {
    for (const [design, bugs] of [
      ['v6.9', ['BUG: KASAN: slab-use-after-free in reconfigure_super']],
      ['v6.9:private=null', []],
    ] as const) {
      const m = new Race(design);
      m.run('T: kprobe p:kprobes/kp vfs_read');
      m.run(`T: stat ${KP}`);
      m.run('T: kprobe -:kprobes/kp');
      m.run('T: drop_caches'); // the inodes of kprobes and kp are free now, and so are their eventfs_inodes
      m.run('T: open events/sched/enable');
      m.run('T: open events/sched/filter');
      m.run('T: remount 77');
      expect(m.bugs).toEqual(bugs);
    }
  });

  it('leaves an inode in use below events its owner until the next lookup', () => {
    const m = new Race('v6.9');
    m.run('T: opendir events/sched');
    m.run('T: remount 77');
    const { k } = m.kernel;
    const gid = (path: string) => gidOf(k, k.dentry.inode[m.dentry(path)]);
    m.run('T: stat events/irq');
    expect([gid('events'), gid('events/sched'), gid('events/irq')]).toEqual([77, 0, 77]);
  });
});

describe('watchers', () => {
  it.each([
    ['v6.8-draft', 2],
    ['v6.8', 0],
  ])('are told on %s %i times that sched was created, when it is looked up twice (B20)', (design, times) => {
    const m = new Race(design);
    let told = 0;
    m.kernel.k.sink = (op) => {
      if (op === 'notify') told++;
    };
    m.run('T: stat events/sched');
    m.run('T: drop_caches');
    m.run('T: stat events/sched');
    expect(told).toBe(times);
  });
});

describe('switches', () => {
  it('are set one by one, and refused when unknown', () => {
    expect(findDesign('v6.8:freed=srcu,release=yes')?.id).toBe('v6.8:freed=srcu,release=yes');
    expect(findDesign('v6.8:mount=lost')?.fillSuper().rootMode).toBe(0o755);
    for (const wrong of ['v6.8:freed=later', 'v6.8:frees=srcu', 'v6.8:', 'v6.5:freed=srcu', 'open-array:open=maybe'])
      expect(findDesign(wrong), wrong).toBeUndefined();
  });

  it('name each design once', () => {
    const ids = DESIGNS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
