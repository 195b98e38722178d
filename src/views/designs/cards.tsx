/** The cards of the chosen designs beside each other: what differs is seen by reading across. */
import { formatCount } from '../../base/format.ts';
import type { DesignCard, Source, StructSize } from '../../state/library.ts';
import { Button } from '../../ui/button.tsx';
import { Message } from '../../ui/message.tsx';
import { useViewContext } from '../context.ts';
import { KernelKey } from '../marks/kernel-key.tsx';
import { commitUrl } from '../parts/commit-url.ts';
import { useRunScenario } from '../parts/run-scenario.ts';
import css from './designs.module.css';
import { dateWords } from './time-axis.ts';

const LETTERS = ['A', 'B', 'C', 'D'];

export function Cards({ cards }: { readonly cards: readonly DesignCard[] }) {
  if (cards.length === 0) return <Message text="No design is chosen. Choose two to four on the timeline." />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={css.cards} tabIndex={0} aria-label="Cards of the chosen designs">
      {cards.map((card, i) => (
        <Card key={card.id} card={card} channel={i} />
      ))}
    </section>
  );
}

function Card({ card, channel }: { readonly card: DesignCard; readonly channel: number }) {
  return (
    <article className={css.card} aria-label={card.title}>
      <h3 className={css.title}>
        {LETTERS[channel]} <KernelKey channel={channel} /> {card.title}
      </h3>
      <p className={css.when}>
        {card.releases}. {dateWords(card.date)}: {card.event}.
      </p>
      <p className={css.does}>{card.does.join(' ')}</p>
      <p className={css.machine}>
        Its own machine: <code>{card.machine}</code>
      </p>
      <h4 className={css.head}>Structures</h4>
      <dl className={css.structs}>
        {card.structs.map((struct) => (
          <Struct key={`${struct.name} ${struct.per}`} struct={struct} />
        ))}
      </dl>
      <h4 className={css.head}>Known bugs</h4>
      {card.bugs.length === 0 ? (
        <p className={css.none}>none: no kernel was released with it</p>
      ) : (
        <ul className={css.bugs}>
          {card.bugs.map((bug) => (
            <Bug key={bug} bug={bug} card={card} />
          ))}
        </ul>
      )}
      <h4 className={css.head}>Source</h4>
      <ul className={css.sources}>
        {card.sources.map((source) => (
          <SourceLine key={`${source.id} ${source.subject}`} source={source} />
        ))}
      </ul>
    </article>
  );
}

function Struct({ struct: { name, bytes, cache, per } }: { readonly struct: StructSize }) {
  return (
    <div className={css.struct}>
      <dt className={css.structName}>{name}</dt>
      <dd className={css.size}>{bytes === undefined ? 'varies' : `${formatCount(bytes)} B`}</dd>
      <dd className={css.per}>
        {cache}, {per}
      </dd>
    </div>
  );
}

function Bug({ bug, card }: { readonly bug: string; readonly card: DesignCard }) {
  const { scenarios, bugTitles } = useViewContext().library;
  const run = useRunScenario();
  const all = scenarios.filter((scenario) => scenario.bug === bug);
  const about = all.find(({ design, also }) => [design, ...also].some((id) => id.split(':')[0] === card.id)) ?? all[0];
  const title = bugTitles[bug] ?? '';
  if (about === undefined)
    return (
      <li className={css.bug}>
        <span className={css.number}>{bug}</span> <span>{title}</span>
      </li>
    );
  // The scenario names its own design; where this card's shows the bug too, this one runs.
  const changes = about.also.includes(card.id) ? { design: card.id } : {};
  return (
    <li className={css.bug}>
      <span className={css.number}>{bug}</span>{' '}
      <Button
        look="inline"
        className={css.run}
        aria-label={`Run ${bug}, ${title}`}
        onClick={() => void run(about, changes)}
      >
        {title}
      </Button>
    </li>
  );
}

function SourceLine({ source: { id, subject, date } }: { readonly source: Source }) {
  const url = commitUrl(id);
  const when = date === undefined ? '' : `, ${dateWords(date)}`;
  return (
    <li>
      {url === '' ? (
        subject
      ) : (
        <a href={url} target="_blank" rel="noreferrer">
          {id.includes('@') ? subject : <code>{id.slice(0, 12)}</code>}
        </a>
      )}
      {url !== '' && !id.includes('@') && ` ${subject}`}
      {when}
    </li>
  );
}
