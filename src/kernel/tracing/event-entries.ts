/** Which files the directories below events/ have. */

import type { Kern } from '../kern.ts';
import { EVENT_FILES, type EventFileName, type FileSpec } from '../machine.ts';

/**
 * event_subsystem_dir(): bit i set = the system has Catalogue.systemFiles[i]. The system "ftrace" is special, it has none;
 * groups of dynamic events have all.
 */
export function systemFilesOf(k: Kern, system: number): number {
  const name = k.text(system);
  const known = k.catalogue.systems.find((s) => s.name === name);
  return known?.ownFiles ?? (1 << k.catalogue.systemFiles.length) - 1;
}

/** The order in which event_create_dir() makes the files of an event (v6.1), the reverse of what a listing shows. */
export const FILE_ORDER: readonly EventFileName[] = [
  'enable',
  'id',
  'filter',
  'trigger',
  'hist',
  'hist_debug',
  'format',
  'inject',
];

/** The table event_entries of this configuration: the names that any event of the catalogue has, in the kernel's order. */
function eventEntries(k: Kern): readonly EventFileName[] {
  let mask = 0;
  for (const system of k.catalogue.systems) for (const event of system.events) mask |= event.files;
  return EVENT_FILES.filter((_, i) => mask & (1 << i));
}

/** One row of a table of entries (struct eventfs_entry), with whether the event at hand has it (the callback's answer). */
export interface TableEntry extends FileSpec {
  readonly atom: number;
  /** Bit of EventSpec.files or SystemSpec.ownFiles; 0 = always there. */
  readonly bit: number;
}

/** The three static tables of eventfs_entry: of events/, of a system, of an event. */
export interface EntryTables {
  readonly events: readonly TableEntry[];
  readonly system: readonly TableEntry[];
  readonly event: readonly TableEntry[];
}

/** Builds the tables for a kernel. */
export function entryTables(k: Kern): EntryTables {
  const always = (specs: readonly FileSpec[]) => specs.map((s) => ({ ...s, atom: k.atoms.intern(s.name), bit: 0 }));
  const ofSystem = always(k.catalogue.systemFiles).map((entry, i) => ({ ...entry, bit: 1 << i }));
  const ofEvent = eventEntries(k).map((name) => ({
    name,
    mode: k.catalogue.eventFileModes[name],
    atom: k.atoms.intern(name),
    bit: 1 << EVENT_FILES.indexOf(name),
  }));
  return { events: always(k.catalogue.eventsFiles), system: ofSystem, event: ofEvent };
}
