/**
 * The small tree for races: the machine of eventfs-final-on-6.6 with three systems only, so that a person can follow every
 * step. Made from the machine.json of that kernel, not recorded.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MachineJson } from '../../src/importers/machine-file.ts';
import { toJson } from './json-text.ts';
import { PROJECT } from './paths.ts';

const MODEL = 'eventfs-final-on-6.6';
const KEPT: Readonly<Record<string, readonly string[]>> = {
  irq: ['irq_handler_entry', 'irq_handler_exit'],
  sched: ['sched_switch', 'sched_waking', 'sched_wakeup'],
  timer: ['timer_start', 'timer_cancel'],
};

export function buildSmall(): void {
  const kernels = join(PROJECT, 'public', 'kernels');
  const model = JSON.parse(readFileSync(join(kernels, MODEL, 'machine.json'), 'utf8')) as MachineJson;
  const nameOf = (event: MachineJson['systems'][number]['events'][number]) =>
    typeof event === 'string' ? event : event[0];
  const small: MachineJson = {
    ...model,
    id: 'small',
    title: 'small tree',
    release: '6.6.144, three systems',
    provenance: `Not recorded: ${MODEL} with the systems ${Object.keys(KEPT).join(', ')} only, for races that a person can follow.`,
    systems: model.systems.flatMap((system) => {
      const kept = KEPT[system.name];
      return kept === undefined ? [] : [{ ...system, events: system.events.filter((e) => kept.includes(nameOf(e))) }];
    }),
    instanceSystems: model.instanceSystems.filter((name) => name in KEPT),
  };
  mkdirSync(join(kernels, 'small'), { recursive: true });
  writeFileSync(join(kernels, 'small', 'machine.json'), toJson(small));
}
