/**
 * All formats that can be read, for a text of which nobody says what it is. `sniff` looks at what is in the text, never
 * at a file name. A new format is its file and one line here.
 */
import { err, ok, type Result } from '../base/result.ts';
import type { RecordedMachine } from './catalogue.ts';
import { type EventsTree, type InstanceTree, parseEventsTree, parseInstanceTree } from './listing.ts';
import { MACHINE_FORMAT, parseMachine } from './machine-file.ts';
import type { ImportProblem } from './problem.ts';
import { parseRecording, RECORDING_FORMAT, type RecordedRun } from './recording.ts';
import { parseSlabinfo, type SlabInfo } from './slabinfo.ts';

export type Imported =
  | { readonly id: 'machine'; readonly data: RecordedMachine }
  | { readonly id: 'recording'; readonly data: RecordedRun }
  | { readonly id: 'slabinfo'; readonly data: SlabInfo }
  | { readonly id: 'eventsTree'; readonly data: EventsTree }
  | { readonly id: 'instanceTree'; readonly data: InstanceTree };

export interface Importer {
  readonly id: Imported['id'];
  /** Whether the text looks like this format. Cheap; a yes is no promise that it can be read. */
  readonly sniff: (text: string) => boolean;
  readonly parse: (text: string) => Result<Imported, ImportProblem>;
}

const HEAD = 200;
const LISTING_LINE = /^[^\n\t#]+\t[df]\t[0-7]+(\t|\r?$)/m;
const OUTSIDE_EVENTS = /^(?!#|events[/\t]|\r?$)/m;

const names = (text: string, format: string): boolean => text.slice(0, HEAD).includes(JSON.stringify(format));

export const IMPORTERS: readonly Importer[] = [
  importer('machine', (text) => names(text, MACHINE_FORMAT.format), parseMachine),
  importer('recording', (text) => names(text, RECORDING_FORMAT.format), parseRecording),
  importer('slabinfo', (text) => /^slabinfo - version/m.test(text.slice(0, HEAD)), parseSlabinfo),
  importer('eventsTree', (text) => LISTING_LINE.test(text) && !OUTSIDE_EVENTS.test(text), parseEventsTree),
  importer('instanceTree', (text) => LISTING_LINE.test(text), parseInstanceTree),
];

function importer<I extends Imported['id']>(
  id: I,
  sniff: Importer['sniff'],
  parse: (text: string) => Result<Extract<Imported, { id: I }>['data'], ImportProblem>,
): Importer {
  return {
    id,
    sniff,
    parse: (text) => {
      const parsed = parse(text);
      return parsed.ok ? ok({ id, data: parsed.value } as unknown as Imported) : parsed;
    },
  };
}

/** Reads `text` as the first format that it looks like. */
export function importAny(text: string): Result<Imported, ImportProblem> {
  const found = IMPORTERS.find(({ sniff }) => sniff(text));
  return found === undefined
    ? err({ code: 'notThisFormat', format: 'file that this program reads' })
    : found.parse(text);
}
