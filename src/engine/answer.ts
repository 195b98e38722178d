/** Answers a question: its query runs over what is booted, in slices, until somebody stops it. */
import type { AskOutcome, AskProgress } from './api.ts';
import type { Booted } from './booted.ts';
import type { Amount } from './protocol.ts';
import { type AnswerOf, answerTo, type QueryName, type RequestOf } from './queries/registry.ts';
import { Cancelled } from './runner.ts';
import type { Drive } from './turns.ts';

interface Question<Name extends QueryName> {
  readonly name: Name;
  readonly request: RequestOf<Name>;
  readonly onProgress: (progress: AskProgress) => void;
}

/** `isSuperseded`: whether a change of what is shown stopped it. */
export async function answer<Name extends QueryName>(
  booted: Booted,
  { name, request, onProgress }: Question<Name>,
  drive: Drive,
  isSuperseded: () => boolean,
): Promise<AskOutcome<AnswerOf<Name>>> {
  const { lockstep, spares, history, marks, ofState, ofMoments, epoch } = booted;
  let amount = (): Amount => ({ done: 0, total: 0 });
  const asked = {
    ...{ channels: lockstep.channels, spares, history, marks, ofState, ofMoments },
    onProgress: (next: () => Amount) => {
      amount = next;
    },
  };
  try {
    const tell = (elapsedMs: number) => onProgress({ ...amount(), elapsedMs });
    return { kind: 'answer', epoch, answer: await drive(answerTo(name, asked, request), tell) };
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    return { kind: isSuperseded() ? 'superseded' : 'cancelled' };
  }
}
