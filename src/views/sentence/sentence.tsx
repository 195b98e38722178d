/**
 * What the last command did, in one line, on all kernels. The only live region of the page, so that one command says one
 * thing. Beside it, quieter: how far a long command is, or what to try next.
 */
import { joinWords } from '../../base/format.ts';
import { Progress, useSlow } from '../../ui/progress.tsx';
import { useActivity, useFrame, useViewContext } from '../context.ts';
import css from './sentence.module.css';
import { Suggestion } from './suggestion.tsx';

export function Sentence() {
  const text = useSentence();
  const isRunning = useActivity((s) => s.running !== undefined);
  const isSlow = useSlow(isRunning);
  return (
    <section className={css.sentence} aria-label="Last command">
      <p className={css.text} role="status" aria-live="polite">
        {text}
      </p>
      {isSlow ? <Running /> : <Suggestion />}
    </section>
  );
}

function useSentence(): string {
  const titles = useFrame((frame) => frame.channels);
  const entry = useFrame((frame) => frame.log[frame.position]);
  const isFresh = useFrame((frame) => frame.log.length === 1);
  const problem = useActivity((s) => s.problem);
  const connection = useActivity((s) => s.connection);
  if (entry === undefined || titles === undefined)
    return connection.kind === 'lost' ? 'The model could not be started.' : '';
  if (problem !== undefined) return `${problem.message} (nothing was changed)`;
  if (!isFresh) return entry.sentence;
  const kernels = joinWords(titles.map((channel) => `on ${channel.title}`));
  return `Press “mkdir instance” to see what one tracing instance costs ${kernels}.`;
}

function Running() {
  const running = useActivity((s) => s.running);
  const { performer } = useViewContext();
  if (running === undefined) return null;
  const { command, progress } = running;
  return (
    <span className={css.running}>
      <code className={css.command}>{command}</code>
      <Progress label={command} done={progress?.done ?? 0} total={progress?.total ?? 0} onCancel={performer.cancel} />
    </span>
  );
}
