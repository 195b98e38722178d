/**
 * What the last command did, in one line, on all kernels. The only live region of the page, so that one command says one
 * thing. Beside it, quieter: how far a long command is, or what to try next.
 */
import { joinWords } from '../../base/format.ts';
import type { Connection } from '../../state/activity.ts';
import { Button } from '../../ui/button.tsx';
import { Progress, useSlow } from '../../ui/progress.tsx';
import { useActivity, useFrame, useViewContext } from '../context.ts';
import { problemText } from '../parts/problem-text.ts';
import css from './sentence.module.css';
import { connectionText, firstSentence } from './standing-sentences.ts';
import { Suggestion } from './suggestion.tsx';

export function Sentence() {
  const text = useSentence();
  return (
    <section className={css.sentence} aria-label="Last command">
      <p className={css.text} role="status" aria-live="polite">
        {text}
      </p>
      <Beside />
    </section>
  );
}

function useSentence(): string {
  const { services } = useViewContext();
  const channels = useFrame((frame) => frame.channels);
  const entry = useFrame((frame) => frame.log[frame.position]);
  const isFresh = useFrame((frame) => frame.log.length === 1);
  const problem = useActivity((s) => s.problem);
  const connection = useActivity((s) => s.connection);
  const isBooting = useSlow(entry === undefined && connection.kind === 'booting');
  const trouble = connectionText(connection);
  if (trouble !== undefined) return trouble;
  if (entry === undefined || channels === undefined) {
    return isBooting ? `Booting ${joinWords(services.kernelTitles())}` : '';
  }
  if (problem !== undefined) return problemText(problem);
  return isFresh ? firstSentence(channels.map((channel) => channel.title)) : entry.sentence;
}

/** What stands beside the sentence: something to wait for, something to do about trouble, or what to try next. */
function Beside() {
  const connection = useActivity((s) => s.connection);
  const isRunning = useActivity((s) => s.running !== undefined);
  const isSlow = useSlow(isRunning || connection.kind === 'booting' || connection.kind === 'restarting');
  if ('report' in connection || connection.kind === 'lost') return <Trouble connection={connection} />;
  return isSlow ? <Running /> : <Suggestion />;
}

function Running() {
  const running = useActivity((s) => s.running);
  const progress = useActivity((s) => s.progress);
  const { performer } = useViewContext();
  const command = running?.command ?? progress?.command ?? 'boot';
  return (
    <span className={css.running}>
      <code className={css.command}>{command}</code>
      <Progress label={command} done={progress?.done ?? 0} total={progress?.total ?? 0} onCancel={performer.cancel} />
    </span>
  );
}

function Trouble({
  connection,
}: {
  readonly connection: Extract<Connection, { kind: 'leftOut' | 'failed' | 'lost' }>;
}) {
  const { services } = useViewContext();
  return (
    <span className={css.running}>
      {'report' in connection ? (
        <Button onClick={() => void services.copyText(connection.report)}>Copy report</Button>
      ) : (
        <Button onClick={services.retryBoot}>Try again</Button>
      )}
    </span>
  );
}
