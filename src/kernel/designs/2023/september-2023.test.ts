/**
 * The accounting bug of September 2023, step table 12.1 of docs/eventfs-designs.md: open a directory, create an event in it,
 * look the event up, close. v6.6-rc2 puts a reference that its open never took; v6.6 does not.
 */
import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../../breach.ts';
import { Race } from '../../testing/race.ts';

const K = 'events/kprobes';
const TABLE = ['', '/filter', '/enable', '/kp1', '/kp1/enable', '/kp2', '/kp2/enable'];

/** Counts of K, F, N, P1, E1, P2, E2 as the table has them. */
const row = (m: Race): string => TABLE.map((path) => m.count(K + path)).join(' | ');

function opened(design: string, vfs?: string): Race {
  const m = new Race(design, { vfs: vfs ?? '6.6.144' });
  m.run('T2: kprobe p:kprobes/kp1 vfs_read');
  m.run(`T1: opendir ${K}`);
  return m;
}

/** Steps 1 to 12. */
function lookedUp(design: string, vfs?: string): Race {
  const m = opened(design, vfs);
  m.run(`T2: stat ${K}/kp1/enable`);
  m.run('T2: kprobe p:kprobes/kp2 vfs_write');
  m.run(`T2: stat ${K}/kp2/enable`);
  return m;
}

describe('open, create, look up, close on v6.6-rc2', () => {
  it('references the children one by one at open (steps 1 to 6)', () => {
    const m = new Race('v6.6-rc2');
    m.run('T2: kprobe p:kprobes/kp1 vfs_read');
    expect(row(m)).toBe('— | — | — | — | — | — | —');
    m.start(`T1: opendir ${K}`);
    m.until('T1', 'create_file_dentry');
    expect(row(m)).toBe('1 | — | — | — | — | — | —');
    m.until('T1', 'create_file_dentry', 2); // the first is the lookup's, nested in lookup_one_len()
    expect(row(m)).toBe('2 | 1 | — | — | — | — | —');
    m.until('T1', 'create_dir_dentry');
    expect(row(m)).toBe('3 | 1 | 1 | — | — | — | —');
    m.until('T1', 'dcache_dir_open');
    expect(row(m)).toBe('4 | 1 | 1 | 1 | — | — | —');
    m.finish('T1');
    expect(row(m)).toBe('5 | 1 | 1 | 1 | — | — | —');
  });

  it('knows nothing of the event that came later (steps 7 to 12)', () => {
    const m = opened('v6.6-rc2');
    m.run(`T2: stat ${K}/kp1/enable`);
    expect(row(m)).toBe('5 | 1 | 1 | 2 | 0 LRU | — | —');
    m.run('T2: kprobe p:kprobes/kp2 vfs_write');
    expect(row(m)).toBe('5 | 1 | 1 | 2 | 0 LRU | — | —');
    m.run(`T2: stat ${K}/kp2/enable`);
    expect(row(m)).toBe('6 | 1 | 1 | 2 | 0 LRU | 1 | 0 LRU');
    expect(m.kernel.checkInvariants()).toEqual([]);
  });

  it('puts it all the same at close (steps 13 to 17)', () => {
    const m = lookedUp('v6.6-rc2');
    m.start('T1: close');
    m.until('T1', 'dput', 2);
    expect(row(m)).toBe('6 | 0 LRU | 1 | 2 | 0 LRU | 1 | 0 LRU');
    m.until('T1', 'dput');
    expect(row(m)).toBe('6 | 0 LRU | 0 LRU | 2 | 0 LRU | 1 | 0 LRU');
    m.until('T1', 'dput');
    expect(row(m)).toBe('6 | 0 LRU | 0 LRU | 1 | 0 LRU | 1 | 0 LRU');
    m.until('T1', 'dput');
    expect(row(m)).toBe('6 | 0 LRU | 0 LRU | 1 | 0 LRU | 0 LRU | 0 LRU');
    m.finish('T1');
    expect(row(m)).toBe('4 | 0 LRU | 0 LRU | 1 | 0 LRU | 0 LRU | 0 LRU');
    expect(m.kernel.checkInvariants().map(sentenceOf)).toEqual([
      'I2: d_count of events/kprobes/kp2 is 0, its holders say 1',
    ]);
  });

  it('loses the directory to reclaim: −1, hashed, on no list, for ever (continuation A)', () => {
    const m = lookedUp('v6.6-rc2');
    m.run('T1: close');
    m.start('R: drop_caches');
    m.until('R', 'shrink_dentry_list');
    expect([m.count(`${K}/kp2`), m.count(`${K}/kp2/enable`)]).toEqual(['0 shrink', '0 shrink']);
    m.finish('R');
    expect(row(m)).toBe('1 | — | — | — | — | -1 | —');
    m.run('R: drop_caches');
    expect(row(m)).toBe('1 | — | — | — | — | -1 | —');
    expect(m.kernel.checkInvariants().map(({ id }) => id)).toContain('I1');
  });

  it('crashes when the event is removed instead (continuation B)', () => {
    const m = lookedUp('v6.6-rc2');
    m.run('T1: close');
    const [P2, E2] = [m.dentry(`${K}/kp2`), m.dentry(`${K}/kp2/enable`)];
    m.start('T2: kprobe -:kprobes/kp2');
    m.until('T2', 'd_invalidate');
    expect([m.countOf(P2), m.countOf(E2)]).toEqual(['1', '1']);
    m.until('T2', 'd_invalidate');
    expect([m.countOf(P2), m.countOf(E2)]).toEqual(['killed', '1']);
    expect(m.finish('T2')).toBe('died');
    expect(m.bugs).toEqual(['BUG: kernel NULL pointer dereference']);
    expect(m.kernel.oopses.at(-1)).toMatchObject({ fatal: true, left: ['event_mutex', 'eventfs_mutex'] });
  });

  it('warns on 6.6.144 and goes to −1 in silence on 6.6 when the event itself was looked up', () => {
    for (const [vfs, count, bugs] of [
      ['6.6.144', '0 LRU', ['WARNING: at fs/dcache.c:794 dput']],
      ['6.6', '-1', []],
    ] as const) {
      const m = opened('v6.6-rc2', vfs);
      m.run('T2: kprobe p:kprobes/kp2 vfs_write');
      m.run(`T2: stat ${K}/kp2`);
      m.run('T1: close');
      expect([vfs, m.count(`${K}/kp2`), m.bugs]).toEqual([vfs, count, bugs]);
    }
  });
});

describe.each(['v6.6', 'v6.7'])('the same on %s', (design) => {
  it('puts what it took: nothing is wrong at any point', () => {
    const m = lookedUp(design);
    expect(row(m)).toBe('6 | 1 | 1 | 2 | 0 LRU | 1 | 0 LRU');
    m.run('T1: close');
    expect(row(m)).toBe('4 | 0 LRU | 0 LRU | 1 | 0 LRU | 1 | 0 LRU');
    expect(m.kernel.checkInvariants()).toEqual([]);
    m.run('R: drop_caches');
    m.run('R: drop_caches');
    expect(row(m)).toBe('— | — | — | — | — | — | —');
    m.run('T2: kprobe -:kprobes/kp2');
    m.run('T2: kprobe -:kprobes/kp1');
    expect(m.bugs).toEqual([]);
  });
});
