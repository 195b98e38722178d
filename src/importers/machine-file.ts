/**
 * public/kernels/<kernel>/machine.json → Machine. The file is made for compactness and for reading a diff: a file is
 * "0640 enable", an event is its name (or [name, files] when it has not the usual ones), a cache one row of
 * [object size, objects per slab, pages per slab, active objects, objects] at boot. Event ids are not in the file: they
 * were not recorded (catalogue.ts, withEventIds).
 */
import * as v from 'valibot';
import { err, ok, type Result } from '../base/result.ts';
import type { FileSpec, NativeEntry } from '../kernel/machine.ts';
import {
  EVENT_FILE_NAMES,
  instanceOrder,
  isFileName,
  MAX_EVENTS,
  MAX_SYSTEMS,
  type RecordedMachine,
  SYSTEM_FILE_NAMES,
  withEventIds,
} from './catalogue.ts';
import { mapValues, parseJson } from './json.ts';
import type { ImportProblem } from './problem.ts';

export const MACHINE_FORMAT = {
  format: 'eventfs explorer machine',
  version: 1,
  limits: { bytes: 16 * 1024 * 1024, depth: 12 },
} as const;
const MAX_TEXT = 4_000;
const MAX_CACHES = 2_000;
const MAX_NATIVE_ENTRIES = 10_000;
const MAX_CPUS = 8_192; // CONFIG_NR_CPUS of the largest x86_64 configuration

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TEXT));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const positive = v.pipe(count, v.minValue(1));
const name = v.pipe(v.string(), v.check(isFileName, 'a file name'));
/** Keys of records: no prototype can be reached through them. */
const key = v.pipe(name, v.notValue('__proto__'));

/** "0640 enable" */
const fileSpec = v.pipe(
  v.string(),
  v.regex(/^[0-7]{4} /, 'an octal mode and a file name'),
  v.transform((spec): FileSpec => ({ mode: Number.parseInt(spec.slice(0, 4), 8), name: spec.slice(5) })),
  v.object({ mode: v.number(), name }),
);
const fileSpecList = v.pipe(v.array(fileSpec), v.maxLength(MAX_NATIVE_ENTRIES));

const SPECIAL_DIRS = ['per_cpu', 'events', 'instances'] as const;
type NativeJson =
  | string
  | { readonly dir: string; readonly entries: readonly NativeJson[] }
  | { readonly [special in (typeof SPECIAL_DIRS)[number]]?: string };

/** A file as its string; directories as objects whose key says their kind. */
const nativeEntry: v.GenericSchema<NativeJson, NativeEntry> = v.union([
  v.pipe(
    fileSpec,
    v.transform((file): NativeEntry => ({ kind: 'file', ...file })),
  ),
  v.pipe(
    v.strictObject({ dir: fileSpec, entries: v.lazy(() => nativeEntries) }),
    v.transform(({ dir, entries }): NativeEntry => ({ kind: 'dir', ...dir, entries })),
  ),
  ...SPECIAL_DIRS.map((kind) =>
    v.pipe(
      v.strictObject({ [kind]: fileSpec }),
      v.transform((entry): NativeEntry => ({ kind, ...(entry[kind] as FileSpec) })),
    ),
  ),
]);
const nativeEntries = v.pipe(v.array(nativeEntry), v.maxLength(MAX_NATIVE_ENTRIES));

/** "format hist" → bit i for the file i of `names`. */
const fileMask = (names: readonly string[]) =>
  v.pipe(
    v.string(),
    v.check((files) => files === '' || files.split(' ').every((file) => names.includes(file)), names.join(' ')),
    v.transform((files) => (files === '' ? 0 : files.split(' ').reduce((m, f) => m | (1 << names.indexOf(f)), 0))),
  );
const eventFiles = fileMask(EVENT_FILE_NAMES);
const system = v.strictObject({
  name,
  files: v.optional(fileMask(SYSTEM_FILE_NAMES)),
  events: v.pipe(v.array(v.union([name, v.strictTuple([name, eventFiles])])), v.maxLength(MAX_EVENTS)),
});

/** The files of the kernel's table, all of them and in its order. */
const theseFiles = (names: readonly string[]) =>
  v.check(
    (specs: FileSpec[]) => specs.length === names.length && specs.every((spec, i) => spec.name === names[i]),
    names.join(', '),
  );

const machineSchema = v.strictObject({
  format: v.literal(MACHINE_FORMAT.format),
  version: v.literal(MACHINE_FORMAT.version),
  id: text,
  title: text,
  release: text,
  provenance: text,
  design: text,
  vfs: text,
  cpus: v.pipe(positive, v.maxValue(MAX_CPUS)),
  inodeCache: key,
  lsm: v.boolean(),
  structs: v.strictObject({
    dentry: count,
    inode: count,
    trace_event_file: count,
    eventfs_file: count,
    eventfs_inode: count,
    eventfs_root_inode: count,
    file: count,
  }),
  boot: v.strictObject({ nrDentry: count, nrUnused: count, nrNegative: count, nrInodes: count }),
  caches: v.pipe(
    v.record(key, v.strictTuple([positive, positive, positive, count, count])),
    v.check((caches) => Object.keys(caches).length <= MAX_CACHES, `at most ${MAX_CACHES} caches`),
  ),
  fileSizes: v.record(v.pipe(v.string(), v.maxLength(MAX_TEXT), v.notValue('__proto__')), count),
  rootEntries: nativeEntries,
  instanceEntries: nativeEntries,
  perCpuFiles: fileSpecList,
  eventsFiles: fileSpecList,
  systemFiles: v.pipe(fileSpecList, theseFiles(SYSTEM_FILE_NAMES)),
  eventFiles: v.pipe(fileSpecList, theseFiles(EVENT_FILE_NAMES)),
  usualEventFiles: eventFiles,
  systems: v.pipe(v.array(system), v.maxLength(MAX_SYSTEMS)),
  instanceSystems: v.pipe(v.array(name), v.maxLength(MAX_SYSTEMS)),
});

/** What a machine.json holds, before it is read: the build script writes this. */
export type MachineJson = v.InferInput<typeof machineSchema>;

export function parseMachine(text: string): Result<RecordedMachine, ImportProblem> {
  const parsed = parseJson(text, machineSchema, MACHINE_FORMAT);
  if (!parsed.ok) return parsed;
  const json = parsed.value;
  const systems = withEventIds(
    json.systems.map(({ name, files, events }) => {
      const ownFiles = files ?? (1 << SYSTEM_FILE_NAMES.length) - 1;
      return {
        name,
        hasFiles: ownFiles !== 0,
        ownFiles,
        events: events.map((event) =>
          typeof event === 'string'
            ? { name: event, files: json.usualEventFiles }
            : { name: event[0], files: event[1] },
        ),
      };
    }),
  );
  const problem =
    duplicateIn('systems', systems) ??
    firstDefined(systems, (s) => duplicateIn(`systems.${s.name}.events`, s.events)) ??
    treeProblem('rootEntries', json.rootEntries) ??
    treeProblem('instanceEntries', json.instanceEntries) ??
    missingDir('rootEntries', json.rootEntries, ['events', 'instances']) ??
    missingDir('instanceEntries', json.instanceEntries, ['events']) ??
    firstDefined(Object.entries(json.caches), ([cache, [, , , active, num]]) =>
      active > num ? badField(`caches.${cache}`, 'no more active objects than objects', String(active)) : undefined,
    ) ??
    (Object.hasOwn(json.caches, json.inodeCache)
      ? undefined
      : badField('inodeCache', 'a cache of "caches"', json.inodeCache));
  if (problem !== undefined) return err(problem);
  const modes = Object.fromEntries(json.eventFiles.map((file) => [file.name, file.mode]));
  const { id, title, release, provenance, design, vfs, cpus, inodeCache, lsm, structs, fileSizes } = json;
  return ok({
    ...{ id, title, release, provenance, design, vfs, cpus, inodeCache, lsm, structs, fileSizes },
    geometry: mapValues(json.caches, ([size, perSlab, pages]) => [size, perSlab, pages] as const),
    boot: { ...json.boot, slabs: mapValues(json.caches, ([, , , active, num]) => [active, num] as const) },
    catalogue: {
      systems,
      instanceSystems: instanceOrder(systems, json.instanceSystems),
      eventsFiles: json.eventsFiles,
      systemFiles: json.systemFiles,
      eventFileModes: modes as RecordedMachine['catalogue']['eventFileModes'],
      rootEntries: json.rootEntries,
      instanceEntries: json.instanceEntries,
      perCpuFiles: json.perCpuFiles,
    },
  });
}

const badField = (path: string, expected: string, found: string): ImportProblem => ({
  code: 'badField',
  path,
  expected,
  found: JSON.stringify(found),
});

function duplicateIn(path: string, items: readonly { readonly name: string }[]): ImportProblem | undefined {
  const seen = new Set<string>();
  for (const { name } of items) {
    if (seen.has(name)) return badField(path, 'every name once', name);
    seen.add(name);
  }
  return undefined;
}

/** A directory holds every name once, and a tracefs has just one `events`, `per_cpu` and `instances`, at its top. */
function treeProblem(path: string, entries: readonly NativeEntry[]): ImportProblem | undefined {
  return (
    duplicateIn(path, entries) ??
    firstDefined(entries, (entry) => {
      if (entry.kind !== 'dir') return undefined;
      const special = entry.entries.find((inner) => inner.kind !== 'file' && inner.kind !== 'dir');
      if (special !== undefined) return badField(`${path}.${entry.name}`, 'files and directories', special.kind);
      return treeProblem(`${path}.${entry.name}`, entry.entries);
    })
  );
}

/** The directories that the kernel fills must be there. */
function missingDir(
  path: string,
  entries: readonly NativeEntry[],
  kinds: readonly NativeEntry['kind'][],
): ImportProblem | undefined {
  const missing = kinds.find((kind) => !entries.some((entry) => entry.kind === kind));
  return missing === undefined ? undefined : badField(path, `the directory ${missing}`, 'none');
}

function firstDefined<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
