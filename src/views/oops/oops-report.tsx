/** One kernel bug: what the kernel printed, who ran where, what it was about, what it leaves, and what it means. */

import type { Oops } from '../../state/protocol.ts';
import { VisuallyHidden } from '../../ui/hidden.tsx';
import { allLeftWords, explain } from './explanation.ts';
import css from './oops.module.css';

interface OopsReportProps {
  readonly oops: Oops;
  /** What the scenario says of this bug. */
  readonly symptom: string | undefined;
}

export function OopsReport({ oops, symptom }: OopsReportProps) {
  return (
    <div className={css.report}>
      <div className={css.words}>
        <p>{explain(oops, symptom)}</p>
        {oops.objects.length > 0 && <Facts title="Objects" facts={oops.objects.map(withoutRow)} />}
        {oops.left.length > 0 && <Facts title={`Task ${oops.task} keeps`} facts={allLeftWords(oops.left)} />}
      </div>
      <Stack title={`Task ${oops.task}`} text={oops.text} stack={oops.stack} />
      {oops.others.map(({ task, stack }) => (
        <Stack key={task} title={`Task ${task} at that moment`} stack={stack} />
      ))}
    </div>
  );
}

/** The number of a table's row means nothing to a person. */
const withoutRow = (object: string): string => object.replace(/ \(dentry \d+\)$/, '');

interface StackProps {
  readonly title: string;
  /** The first line of the kernel's report. */
  readonly text?: string;
  readonly stack: readonly string[];
}

/** As the kernel prints it, innermost function first. */
function Stack({ title, text, stack }: StackProps) {
  return (
    <section className={css.column} aria-label={`Call stack of ${title.replace('Task', 'task')}`}>
      <h3 className={css.head}>{title}</h3>
      {text !== undefined && <p className={css.text}>{text}</p>}
      <p className={css.trace}>Call Trace:</p>
      <ol className={css.stack}>
        {stack.map((fn, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a function may stand twice in a stack, which never changes
          <li key={i}>{fn}</li>
        ))}
      </ol>
      {stack.length === 0 && <VisuallyHidden>no function</VisuallyHidden>}
    </section>
  );
}

function Facts({ title, facts }: { readonly title: string; readonly facts: readonly string[] }) {
  return (
    <section aria-label={title}>
      <h3 className={css.head}>{title}</h3>
      <ul className={css.facts}>
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </section>
  );
}
