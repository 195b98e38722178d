/** Lines written to synthetic_events, on a machine that has the file. */
import { describe, expect, it } from 'vitest';
import { boot } from '../kernel.ts';
import { O } from '../syscalls.ts';
import { testMachine } from '../testing/test-machine.ts';
import { User } from '../testing/user.ts';

function user(design = 'v6.12'): User {
  const machine = testMachine(['sched/sched_switch']);
  const { catalogue } = machine;
  const rootEntries = [...catalogue.rootEntries, { kind: 'file', name: 'synthetic_events', mode: 0o640 } as const];
  return new User(boot({ ...machine, catalogue: { ...catalogue, rootEntries } }, { design }));
}

const add = (by: User, text: string) => by.write('synthetic_events', `${text}\n`, O.WRONLY | O.APPEND);

describe('a line of synthetic_events', () => {
  it.each([
    ['lat u64 delta; pid_t pid', 'made'],
    ['lat unsigned long delta', 'made'],
    ['lat char comm[16]', 'made'],
    ['lat', 'EINVAL'],
    ['lat u64', 'EINVAL'],
    ['1lat u64 delta', 'EINVAL'],
    ['!none', 'ENOENT'],
    ['# lat u64 delta', 'nothing'],
  ])('"%s" is %s', (line, outcome) => {
    const by = user();
    const made = add(by, line);
    expect(made).toBe(/^E/.test(outcome) ? outcome : line.length + 1);
    expect(by.do('stat', 'events/synthetic/lat/id')).toEqual(outcome === 'made' ? expect.anything() : 'ENOENT');
  });

  it('is read back, and names an event once', () => {
    const by = user();
    add(by, 'lat u64 delta;  pid_t pid');
    expect(by.read('synthetic_events')).toBe('lat\tu64 delta; pid_t pid\n');
    expect(add(by, 'lat u64 other')).toBe('EEXIST');
  });
});

describe.each(['v6.5', 'v6.12'])('removal on %s', (design) => {
  it('gives back what the event took', () => {
    const by = user(design);
    const before = by.kernel.slabs();
    add(by, 'lat u64 delta');
    expect(by.kernel.slabs()).not.toEqual(before);
    expect(add(by, '!lat u64 delta')).toBeGreaterThan(0);
    for (let i = 0; i < 2; i++) by.write('/proc/sys/vm/drop_caches', '2');
    expect([by.kernel.slabs(), by.read('synthetic_events')]).toEqual([before, '']);
  });

  it('is refused while the event is enabled in any instance, and so is that of all', () => {
    const by = user(design);
    add(by, 'lat u64 delta');
    add(by, 'other u64 delta');
    by.do('mkdir', 'instances/a');
    by.write('instances/a/events/synthetic/lat/enable', '1\n', O.WRONLY);
    expect(add(by, '!lat')).toBe('EBUSY');
    expect(by.write('synthetic_events', '', O.WRONLY | O.TRUNC)).toBe('EBUSY');
    expect(by.read('synthetic_events')).toBe('lat\tu64 delta\nother\tu64 delta\n');
    by.write('instances/a/events/synthetic/lat/enable', '0\n', O.WRONLY);
    by.write('synthetic_events', '', O.WRONLY | O.TRUNC);
    expect(by.read('synthetic_events')).toBe('');
  });
});

it('a kprobe event is none of them', () => {
  const by = user();
  by.write('kprobe_events', 'p:synthetic/kp vfs_read\n', O.WRONLY | O.APPEND);
  expect([by.read('synthetic_events'), add(by, '!kp')]).toEqual(['', 'ENOENT']);
  expect(by.read('kprobe_events')).toBe('p:synthetic/kp vfs_read\n');
});
