/**
 * What went wrong in a kernel cannot be missed: it stands across the page, under the sentence that tells of it (the sentence
 * is the only live region, so the banner itself says nothing aloud). What an earlier command broke is said until it is undone.
 */
import type { ChannelInfo, LogEntry } from '../../state/protocol.ts';
import { Button } from '../../ui/button.tsx';
import { useFrame, useViewContext } from '../context.ts';
import { StateGlyph } from '../marks/state-glyph.tsx';
import { hasTrouble } from '../parts/trouble.ts';
import { headline, type Met, Report } from './kernel-trouble.tsx';
import css from './oops.module.css';

const NAME = 'Kernel bug';

const metBy = (entry: LogEntry): readonly Met[] =>
  entry.results.flatMap((result, channel) => (hasTrouble(result) ? [{ command: entry.index, channel, result }] : []));

export function OopsBanner() {
  const log = useFrame((frame) => frame.log);
  const position = useFrame((frame) => frame.position) ?? 0;
  const channels = useFrame((frame) => frame.channels);
  const now = log?.[position];
  if (log === undefined || channels === undefined || now === undefined) return null;
  const met = metBy(now);
  if (met.length === 0) return <Earlier met={log.slice(1, position).flatMap(metBy)} channels={channels} />;
  return (
    <section className={css.banner} aria-label={NAME}>
      {met.map((one) => (
        <Report key={`${one.command} ${one.channel}`} met={one} info={channels[one.channel]} />
      ))}
    </section>
  );
}

interface EarlierProps {
  readonly met: readonly Met[];
  readonly channels: readonly ChannelInfo[];
}

/** What stays broken of commands before this one. */
function Earlier({ met, channels }: EarlierProps) {
  const { performer } = useViewContext();
  const [first] = met;
  if (first === undefined) return null;
  const { letter, title } = channels[first.channel];
  return (
    <section className={css.banner} aria-label={NAME}>
      <div className={css.line}>
        <StateGlyph state="broken" />
        <p className={css.since}>
          {letter} {title} is broken since command {first.command}: {headline(first)}
        </p>
        <Button look="quiet" onClick={() => void performer.seek(first.command)}>
          Go to command {first.command}
        </Button>
      </div>
    </section>
  );
}
