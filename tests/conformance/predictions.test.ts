import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMachine } from '../../src/importers/machine-file.ts';
import { D } from '../../src/kernel/flags.ts';
import { dentryState } from '../../src/kernel/inspect/dentry-state.ts';
import { boot, type Kernel } from '../../src/kernel/kernel.ts';
import { FOREIGN } from '../../src/kernel/memory/slab.ts';
import { parseScript } from '../../src/shell/parse.ts';
import { Shell } from '../../src/shell/shell.ts';

/** Lines that bring dentries into every state there is. */
const LINES = [
  'stat events/sched/sched_switch/enable',
  'stat events/nosuch',
  'stat instances/nosuch',
  'ls -lR events/irq',
  'exec 3< events/sched',
  'exec 3<&-',
  'exec 4< events/sched/sched_switch/format',
  'exec 4<&-',
  'getdents 3',
  'cd events/irq; cd irq_handler_entry',
  'cd /sys/kernel/tracing',
  'mkdir instances/p',
  'rmdir instances/p',
  'exec 5< instances/p/events/sched/sched_waking',
  'exec 6< instances/p',
  'exec 5<&- 6<&-',
  'ls -lR instances/p/events/timer',
  "echo 'p:grp/ev vfs_read' >> kprobe_events",
  "echo '-:grp/ev' >> kprobe_events",
  'exec 7< events/grp/ev/enable',
  'exec 7<&-',
  'echo 2 > /proc/sys/vm/drop_caches',
  'chmod 600 events/sched/sched_waking/enable',
] as const;

/** Live modelled dentries and what the screen says of each. */
function states({ k }: Kernel): Map<number, string> {
  const out = new Map<number, string>();
  for (let d = 1; d < k.dentry.rows; d++) {
    const flags = k.dentry.flags[d];
    const isModelled = k.dentryCache.isLive(d) && k.dentryCache.ownerOf(d) !== FOREIGN;
    if (isModelled && (flags & (D.KILLED | D.CURSOR)) === 0) out.set(d, dentryState(k, d));
  }
  return out;
}

function reclaimAll(kernel: Kernel): void {
  const task = kernel.spawn('reclaim');
  for (let freed = 1, quiet = 0; quiet < 2; ) {
    const before = kernel.counters().nrDentry;
    const fd = kernel.scheduler.complete(task, kernel.sys.open(task, '/proc/sys/vm/drop_caches', 1));
    if (!fd.ok) throw new Error(fd.errno);
    kernel.scheduler.complete(task, kernel.sys.write(task, fd.value, '2\n'));
    kernel.scheduler.complete(task, kernel.sys.close(task, fd.value));
    kernel.settle();
    freed = before - kernel.counters().nrDentry;
    quiet = freed === 0 ? quiet + 1 : 0;
  }
  kernel.scheduler.complete(task, kernel.sys.exit(task));
}

/** Must be gone after reclaim; must still be there; negative dentries may be either. */
const GOES = new Set(['cached']);
const STAYS = new Set(['pinned', 'held', 'removed', 'broken']);

describe.each(['linux-6.1.0-56-amd64', 'linux-6.12.117-amd64'])('the colours of the tree on %s', (id) => {
  it('are a prediction: reclaim frees every cached dentry and no held, removed or pinned one', () => {
    const parsed = parseMachine(readFileSync(`public/kernels/${id}/machine.json`, 'utf8'));
    if (!parsed.ok) throw new Error(parsed.error.code);
    const kernel = boot(parsed.value);
    const shell = new Shell(kernel, { userland: 'coreutils' });
    const fresh = { kernel: kernel.snapshot(), shell: shell.snapshot() };
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 25 }), (lines) => {
        kernel.restore(fresh.kernel);
        shell.restore(fresh.shell);
        for (const line of lines) {
          const script = parseScript(line);
          if (!script.ok) throw new Error(line);
          for (const command of script.value.commands) kernel.scheduler.complete(shell.task, shell.run(command));
          kernel.settle();
        }
        expect(kernel.checkInvariants()).toEqual([]);
        const before = states(kernel);
        for (const state of before.values()) seen.add(state);
        reclaimAll(kernel);
        const after = states(kernel);
        for (const [d, state] of before) {
          if (GOES.has(state)) expect([state, kernel.k.dentryCache.isLive(d) && after.has(d)]).toEqual([state, false]);
          if (STAYS.has(state)) expect([state, after.has(d)]).toEqual([state, true]);
        }
        expect([...after.values()]).not.toContain('cached');
      }),
      { seed: 1964, numRuns: 60 },
    );
    expect([...seen]).toEqual(
      expect.arrayContaining(['pinned', 'removed', ...(id.includes('6.12') ? ['held', 'cached'] : [])]),
    );
  });
});
