/**
 * Who holds it: after every step of every scenario that ships, d_count of every dentry is the number of its holders, tasks in
 * the middle of a call included. Where the modelled kernel itself takes or drops one too many it is said here, for each design.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src/engine/channel.ts';
import { InCalls } from '../../src/kernel/inspect/in-calls.ts';
import type { Moved } from '../../src/kernel/sched/observer.ts';
import { pathOf } from '../../src/kernel/vfs/d-path.ts';
import { liveDentries } from '../../src/kernel/vfs/dentry.ts';
import { eachReference, isCounted } from '../../src/kernel/vfs/holders.ts';
import { bugOf } from '../../src/session/bug.ts';
import { parseScenario } from '../../src/session/scenario.ts';
import { runActs, type Watcher } from './run.ts';

const FOLDER = new URL('../../src/scenarios/bugs/', import.meta.url);
const FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sh'))
  .sort();
const TIMEOUT = 60_000;

const KP1_FILES = ['enable', 'id', 'filter', 'trigger', 'hist', 'format'];
const LOCKDOWN = ['+1 instances/x/events'];

/** What is known to break. "+1 events/x": taken once more than dropped; "-1" the other way round. */
const BROKEN: Readonly<Record<string, readonly string[]>> = {
  // Close puts what it finds in the list, and not what open has taken.
  'B01 v6.6-rc2': ['-1 events/kprobes/kp2'],
  // Close finds the list gone: what open has taken is put by nobody.
  'B03 v6.6-rc2:events=kfree': ['timer', 'sched', 'irq'].map((system) => `+1 instances/foo/events/${system}`),
  // A task dies in the middle of a call, with what it has taken.
  'B05 v6.7:life=srcu,freed=untested': ['+1 events/kprobes/kp1', '+1 events/kprobes/kp1/enable'],
  'B06 v6.7:life=srcu,callback=unlocked': ['+1 events/kprobes/kp1', '+1 events/kprobes/kp1/enable'],
  // As B3.
  'B07 v6.6-rc2': KP1_FILES.map((file) => `+1 events/kprobes/kp1/${file}`),
  // A dies of the BUG in d_instantiate(), with the reference of its walk and that of d_alloc_parallel().
  'B13 v6.8-merge': ['+2 events/timer/timer_cancel'],
  // A dies in its close, before it has put all that its open has taken.
  'B31 v6.6': ['+1 events/sched/sched_wakeup', '+1 events/sched/sched_waking'],
  'B31 v6.7': [
    ...['+1 events/sched/sched_wakeup', '+1 events/sched/sched_waking'],
    ...['+1 events/sched/filter', '+1 events/sched/enable'],
  ],
  // mkdir gives up in eventfs_create_events_dir() and does not drop the dentry that it has begun.
  ...Object.fromEntries(['v6.8', 'v6.9', 'v6.10', 'v6.11', 'v6.17'].map((design) => [`B40 ${design}`, LOCKDOWN])),
};

/** Looks after every step. */
class Holders implements Watcher {
  readonly broken = new Set<string>();
  steps = 0;
  #inCalls: InCalls | undefined;

  begin(_: unknown, { kernel: { k } }: Channel): void {
    this.#inCalls ??= new InCalls(k);
  }

  before(): void {
    this.#inCalls?.before();
  }

  step(step: Moved, { kernel: { k } }: Channel): void {
    const inCalls = this.#inCalls as InCalls;
    inCalls.after(step);
    this.steps++;
    const sum = new Map<number, number>();
    eachReference(k, (d) => sum.set(d, (sum.get(d) ?? 0) + 1));
    for (const d of liveDentries(k)) {
      if (!isCounted(k, d)) continue;
      const more = inCalls.broken.get(d) ?? 0;
      let held = sum.get(d) ?? 0;
      for (const n of inCalls.takenOn(d).values()) {
        expect(n).toBeGreaterThan(0);
        held += n;
      }
      expect(held + more, pathOf(k, d).path).toBe(k.dentry.count[d]);
      if (more !== 0) this.broken.add(`${more > 0 ? '+' : ''}${more} ${pathOf(k, d).path}`);
    }
  }

  end(): void {
    // The next step finds what the kernel did by itself.
  }
}

describe.each(FILES)('%s', (file) => {
  const scenario = parseScenario(readFileSync(new URL(file, FOLDER), 'utf8'));
  if (!scenario.ok) throw new Error(`${file}: ${scenario.error.message}`);
  const bug = bugOf(scenario.value);
  if (!bug.ok) throw new Error(`${file}: ${bug.error}`);
  const { kernel, vfs, design, also, fixed } = bug.value;

  it.each([...new Set([design, ...also, fixed])])(
    'says of every reference on %s whose it is',
    (id) => {
      const holders = new Holders();
      runActs(scenario.value.acts, { kernel, vfs, design: id }, holders);
      expect(holders.steps).toBeGreaterThan(0);
      expect([...holders.broken]).toEqual(BROKEN[`${file.slice(0, 3)} ${id}`] ?? []);
    },
    TIMEOUT,
  );
});
