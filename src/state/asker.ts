/**
 * One question that a view goes on asking while its request and the state of the model change. At most one is on its way,
 * and of those that come meanwhile only the newest is asked after it; the last answer stays until the next one has come.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AnswerOf, AskProgress, QueryName, RequestOf } from './protocol.ts';
import type { Queries } from './queries.ts';

export interface Answered<Name extends QueryName> {
  /** The newest answer, be it to an older request. */
  readonly answer: AnswerOf<Name> | undefined;
  /** What it is the answer to. */
  readonly request: RequestOf<Name> | undefined;
  /** A newer answer is on its way. */
  readonly isLoading: boolean;
  /** How far it is; undefined until the engine has said so. */
  readonly progress: AskProgress | undefined;
  /** Why there is no newer answer. */
  readonly problem: string | undefined;
}

export interface Asker<Name extends QueryName> {
  readonly store: StoreApi<Answered<Name>>;
  /** Asks, unless it is what was asked for last. `state` names the state of the model that the answer is wanted of. */
  readonly want: (request: RequestOf<Name>, state: number) => void;
  readonly retry: () => void;
  readonly cancel: () => void;
}

/** An answer that takes longer than this is given up when the person wants to know something else. */
const PATIENCE_MS = 150;

interface Question<Name extends QueryName> {
  readonly key: string;
  readonly request: RequestOf<Name>;
}

export function createAsker<Name extends QueryName>(name: Name, queries: Queries): Asker<Name> {
  const store = createStore<Answered<Name>>()(() => ({
    answer: undefined,
    request: undefined,
    isLoading: false,
    progress: undefined,
    problem: undefined,
  }));
  let wanted: Question<Name> | undefined;
  let asked: Question<Name> | undefined;

  const giveUp = (): void => {
    if (asked !== undefined) queries.cancel(name);
  };

  /** Asks until what was asked for last is answered. */
  const work = async (): Promise<void> => {
    while (wanted !== undefined && asked === undefined) {
      const question = wanted;
      asked = question;
      store.setState({ isLoading: true, progress: undefined, problem: undefined });
      const end = await settle(question);
      asked = undefined;
      const isNewest = question === wanted;
      const isOver = isNewest && end.isOver;
      store.setState({ ...end.answered, isLoading: !isOver, ...(isNewest && { problem: end.problem }) });
      if (isOver) return;
    }
  };

  async function settle({ request }: Question<Name>) {
    try {
      const outcome = await queries.ask(name, request, (progress) => store.setState({ progress }));
      if (outcome.kind === 'answer')
        return { isOver: true, answered: { answer: outcome.answer, request }, problem: undefined };
      return { isOver: outcome.kind === 'cancelled', answered: {}, problem: 'It was cancelled.' };
    } catch (error) {
      return { isOver: true, answered: {}, problem: error instanceof Error ? error.message : String(error) };
    }
  }

  const askFor = (question: Question<Name>): void => {
    wanted = question;
    if (asked === undefined) void work();
    else {
      const slow = asked;
      store.setState({ isLoading: true });
      setTimeout(() => asked === slow && wanted !== slow && giveUp(), PATIENCE_MS);
    }
  };

  return {
    store,
    want: (request, state) => {
      const key = JSON.stringify([state, request]);
      if (key !== wanted?.key) askFor({ key, request });
    },
    retry: () => {
      if (wanted !== undefined) askFor({ ...wanted });
    },
    cancel: giveUp,
  };
}
