/** What the shown command printed: once where all kernels printed the same, else a column a kernel. */
import { useState } from 'react';
import { formatCount } from '../../base/format.ts';
import type { LogEntry, Problem } from '../../state/protocol.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useActivity, useFrame, useSettings } from '../context.ts';
import { KernelKey } from '../marks/kernel-key.tsx';
import { problemText } from '../parts/problem-text.ts';
import { isTroubled } from '../parts/trouble.ts';
import { firstLines, type Printed, printedBy } from './printed.ts';
import css from './shell.module.css';

export function Output() {
  const entry = useFrame((frame) => frame.log[frame.position]);
  const problem = useActivity((s) => s.problem);
  const [closed, setClosed] = useState<LogEntry | Problem>();
  const isExplorer = useSettings((s) => s.view === 'explorer');
  const shown = problem ?? entry;
  if (shown === undefined || shown === closed) return null;
  const printed = 'results' in shown ? printedBy(shown) : undefined;
  if (printed?.length === 0) return null;
  const isSmall = !isExplorer || ('results' in shown && isTroubled(shown));
  return (
    <div className={css.output} data-small={isSmall || undefined}>
      {printed === undefined ? <Refusal problem={shown as Problem} /> : <Columns printed={printed} />}
      <Button look="quiet" className={css.close} aria-label="Hide output" onClick={() => setClosed(shown)}>
        <Icon name="close" />
      </Button>
    </div>
  );
}

function Refusal({ problem }: { readonly problem: Problem }) {
  return <pre className={css.text}>{problemText(problem)}</pre>;
}

function Columns({ printed }: { readonly printed: readonly Printed[] }) {
  const channels = useFrame((frame) => frame.channels) ?? [];
  return (
    <div className={css.columns}>
      {printed.map(({ channels: by, stdout, stderr }) => {
        const names = by.map((i) => `${channels[i].letter} ${channels[i].title}`).join(', ');
        return (
          <section key={names} className={css.column} aria-label={`Output of ${names}`}>
            <h3 className={css.by}>
              {by.map((i) => (
                <KernelKey key={i} channel={i} />
              ))}
              {names}
            </h3>
            <Text text={stdout} />
            <Text text={stderr} />
          </section>
        );
      })}
    </div>
  );
}

function Text({ text }: { readonly text: string }) {
  const { shown, more } = firstLines(text);
  if (shown === '') return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre className={css.text} tabIndex={0}>
      {shown}
      {more > 0 && <span className={css.more}>{`\n… ${formatCount(more)} more lines`}</span>}
    </pre>
  );
}
