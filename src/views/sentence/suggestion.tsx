/** The quieter half of the sentence: the next experiment, until the person has done it or does not want to hear of any. */
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useFrame, useSettings } from '../context.ts';
import { captionAt, useScenario } from '../parts/shown-scenario.ts';
import { nextExperiment } from './experiments.ts';
import css from './sentence.module.css';

export function Suggestion() {
  const log = useFrame((frame) => frame.log);
  const isClosed = useSettings((s) => s.suggestionsClosed);
  const close = useSettings((s) => s.closeSuggestions);
  const position = useFrame((frame) => frame.position) ?? 0;
  const scenario = useScenario();
  const isExplorer = useSettings((s) => s.view === 'explorer');
  // A scenario says what its commands are about; what else to try is for when it is over.
  if (scenario !== undefined && position <= scenario.acts.length) {
    const caption = isExplorer ? captionAt(scenario, position) : '';
    return caption === '' ? null : <span className={css.suggestion}>{caption}</span>;
  }
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
