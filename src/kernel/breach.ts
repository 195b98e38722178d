/** An invariant of section 7 of docs/eventfs-designs.md that does not hold, and of which objects. */
import { type LocalRef, sameLocal } from '../base/object-ref.ts';

export interface Breach {
  /** "I1"; "LRU", "PIN" and "inode" for what has no number there. */
  readonly id: string;
  readonly objects: readonly LocalRef[];
  /** "d_count of events/kprobes/kp2 is -1". Made when it is asked for: most breaches are looked for and not there. */
  text(): string;
}

export type Breaches = Generator<Breach, void, void>;

export const breach = (id: string, objects: readonly LocalRef[], text: () => string): Breach => ({ id, objects, text });

type Named = Pick<Breach, 'id' | 'objects'>;

/** Whether they say the same of the same objects, be it in other words by now. */
export const isSameBreach = (a: Named, b: Named): boolean =>
  a.id === b.id &&
  a.objects.length === b.objects.length &&
  a.objects.every((object, i) => sameLocal(object, b.objects[i] as LocalRef));

/** "I1: d_count of events/kprobes/kp2 is -1". @internal for tests. */
export const sentenceOf = ({ id, text }: Breach): string => `${id}: ${text()}`;
