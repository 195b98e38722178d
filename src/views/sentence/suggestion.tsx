/** The quieter half of the sentence: the next experiment, until the person has done it or does not want to hear of any. */
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/glyph/icons.tsx';
import { useFrame, useSettings } from '../context.ts';
import { nextExperiment } from './experiments.ts';
import css from './sentence.module.css';

export function Suggestion() {
  const log = useFrame((frame) => frame.log);
  const isClosed = useSettings((s) => s.suggestionsClosed);
  const close = useSettings((s) => s.closeSuggestions);
  const text = log === undefined ? undefined : nextExperiment(log.slice(1).map((entry) => entry.command));
  if (isClosed || text === undefined) return null;
  return (
    <span className={css.suggestion}>
      <span className={css.next}>{text}</span>
      <Button look="quiet" className={css.close} aria-label="Hide suggestions" onClick={close}>
        <Icon name="close" />
      </Button>
    </span>
  );
}
