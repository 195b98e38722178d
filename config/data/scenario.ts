/** The recorded scenario files as the measuring program wrote them. See the README of the kernel data for the fields. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Row = readonly [active: number, num: number];

export interface ScenarioRecord {
  readonly i: number;
  readonly step: string;
  readonly op: string;
  readonly ret: number;
  /** "0" for none. */
  readonly errno: string;
  readonly dentry: readonly [number, number, number];
  readonly inode: readonly [number, number];
  /** The rows that changed. */
  readonly slab: Readonly<Record<string, Row>>;
  readonly kmsg?: readonly string[];
}

export interface Scenario {
  readonly kernel: string;
  readonly kernel_version?: string;
  readonly design: string;
  readonly title: string;
  readonly boot_cmdline: string;
  readonly cpus: number;
  readonly guest_mem_mb: number;
  readonly slab_static: Readonly<Record<string, readonly [number, number, number]>>;
  readonly records: readonly ScenarioRecord[];
}

export const readScenario = (source: string, kernel: string, name: string): Scenario =>
  JSON.parse(readFileSync(join(source, kernel, `scenario-${name}.json`), 'utf8')) as Scenario;

/** All slab rows after the records up to `last`: each record holds only the rows that changed. */
export function slabsAfter(records: readonly ScenarioRecord[], last: number): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const record of records) {
    if (record.i > last) break;
    for (const [cache, row] of Object.entries(record.slab)) rows.set(cache, row);
  }
  return rows;
}

/** Record 2 is the first null operation after the warm-up: the state every family starts from. */
export const BASE_RECORD = 2;
