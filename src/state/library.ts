/** What ships with the explorer: designs with their cards, and scenarios. The app reads it from src/scenarios; types only here. */

import type { DesignCard, Source, StructSize } from '../scenarios/designs/card.ts';
import type { MachineChoice } from '../scenarios/designs.ts';
import type { EngineConfig } from './protocol.ts';

export type { DesignCard, MachineChoice, Source, StructSize };

/** A shipped script: what `src/session/bug.ts` reads from its directives, and what it runs. */
export interface ShippedScenario {
  /** Path below src/scenarios: "bugs/B01-close-puts-too-much.sh". */
  readonly file: string;
  /** "B1"; '' = it is about no bug of the catalogue. */
  readonly bug: string;
  readonly title: string;
  /** Design that shows it, further ones that do, and the one where the same script is clean. */
  readonly design: string;
  readonly also: readonly string[];
  readonly fixed: string;
  readonly vfs: string | undefined;
  readonly symptom: string;
  /** "oops BUG fs/dcache.c:2031" */
  readonly expected: readonly string[];
  /** Commit that fixed it: "ef36b4f92868 eventfs: Remember what …". */
  readonly commits: readonly string[];
  readonly notes: readonly string[];
  /** Machines side by side: the broken design as A, the fixed one as B. */
  readonly config: EngineConfig;
  /** Entries of the log, each with what it is about. */
  readonly acts: readonly { readonly text: string; readonly caption: string }[];
  /** The whole script. */
  readonly text: string;
}

export interface Library {
  /** Oldest first. */
  readonly designs: readonly DesignCard[];
  readonly releases: readonly (readonly [tag: string, day: string])[];
  readonly machines: readonly MachineChoice[];
  readonly vfsChoices: readonly { readonly id: string; readonly title: string }[];
  /** Bugs of the catalogue in a few words, by number. */
  readonly bugTitles: Readonly<Record<string, string>>;
  readonly scenarios: readonly ShippedScenario[];
}
