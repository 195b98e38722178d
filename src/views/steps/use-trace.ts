/** The steps of one command on one kernel. Asked for again when the log has changed; the old ones stay until then. */
import { useEffect, useMemo, useState } from 'react';
import type { Trace } from '../../state/protocol.ts';
import { useFrame, useViewContext } from '../context.ts';

export interface TraceAnswer {
  readonly channel: number;
  readonly command: number;
  readonly trace: Trace;
}

export interface TraceState {
  /** The newest answer; it may still be that of another command. */
  readonly answer: TraceAnswer | undefined;
  readonly problem: string | undefined;
  readonly isLoading: boolean;
  readonly retry: () => void;
}

export function useTrace(channel: number, command: number): TraceState {
  const { queries } = useViewContext();
  const question = useQuestion(channel, command);
  const [answer, setAnswer] = useState<TraceAnswer & { readonly question: string }>();
  const [problem, setProblem] = useState<string>();
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try
  useEffect(() => {
    if (question === undefined) return;
    let isCurrent = true;
    setProblem(undefined);
    queries.trace(channel, command).then(
      (trace) => isCurrent && setAnswer({ channel, command, trace, question }),
      (error: unknown) => isCurrent && setProblem(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [queries, channel, command, question, attempt]);

  return {
    answer,
    problem,
    isLoading: question !== undefined && answer?.question !== question && problem === undefined,
    retry: () => setAttempt((n) => n + 1),
  };
}

/** Names what is asked for: the kernel, and all commands up to this one. Undefined while there is no such command. */
function useQuestion(channel: number, command: number): string | undefined {
  const log = useFrame((frame) => frame.log);
  const kernel = useFrame((frame) => frame.channels[channel]);
  return useMemo(() => {
    if (log === undefined || kernel === undefined || command === 0 || command >= log.length) return undefined;
    const commands = log.slice(1, command + 1).map((entry) => entry.command);
    return JSON.stringify([kernel.kernel, kernel.design, kernel.vfs, ...commands]);
  }, [log, kernel, command]);
}
