/** One command of the log in its slot of the x axis. */
import type { ChannelInfo, LogEntry } from '../../state/protocol.ts';
import { Progress, useSlow } from '../../ui/progress.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useActivity, useFrame, useViewContext } from '../context.ts';
import { StateGlyph } from '../marks/state-glyph.tsx';
import { isTroubled } from '../parts/trouble.ts';
import { entryName, hasFailed, shortLine } from './entry-name.ts';
import css from './log.module.css';

export const entryId = (index: number): string => `log-entry-${index}`;

interface EntryProps {
  readonly entry: LogEntry;
  readonly x: number;
  readonly width: number;
  readonly isCurrent: boolean;
  /** The person has chosen it: it is not merely the last. */
  readonly isChosen: boolean;
  /** The state on the screen is the one after it. */
  readonly isShown: boolean;
  readonly count: number;
  readonly onChoose: () => void;
}

export function Entry({ entry, x, width, isCurrent, isChosen, isShown, count, onChoose }: EntryProps) {
  const channels: readonly ChannelInfo[] = useFrame((frame) => frame.channels) ?? [];
  const failed = hasFailed(entry);
  return (
    <Tooltip text={entry.index === 0 ? 'boot' : entry.command}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the listbox has the keys */}
      <div
        id={entryId(entry.index)}
        role="option"
        tabIndex={-1}
        className={css.entry}
        style={{ left: x, width }}
        aria-label={entryName(entry, channels)}
        aria-selected={isCurrent}
        data-chosen={isChosen || undefined}
        aria-setsize={count}
        aria-posinset={entry.index + 1}
        data-shown={isShown || undefined}
        onClick={onChoose}
      >
        <span className={css.command}>
          <span className={css.index}>{entry.index}</span>{' '}
          {isTroubled(entry) ? <StateGlyph state="broken" /> : failed && <b>! </b>}
          {shortLine(entry.label)}
        </span>
      </div>
    </Tooltip>
  );
}

/** The command in work, once it has lasted long enough to be seen. */
export function RunningEntry() {
  const running = useActivity((s) => s.running);
  const progress = useActivity((s) => s.progress);
  const isSlow = useSlow(running !== undefined);
  const { performer } = useViewContext();
  if (running === undefined || !isSlow) return null;
  const { command } = running;
  return (
    <div className={css.running}>
      <span className={css.runningCommand}>{command}</span>
      <Progress label={command} done={progress?.done ?? 0} total={progress?.total ?? 0} onCancel={performer.cancel} />
    </div>
  );
}
