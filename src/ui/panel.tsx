/** A named region with its heading and tools. Hairlines and columns set panels apart, never boxes. */
import { type ReactNode, useId } from 'react';
import css from './panel.module.css';

interface PanelProps {
  /** Accessible name and heading: exact, from docs/visual-design.md. */
  readonly name: string;
  /** Under the heading, e.g. "after command 6" while a new picture is on its way. */
  readonly note?: string | undefined;
  readonly tools?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export function Panel({ name, note, tools, className, children }: PanelProps) {
  const id = useId();
  return (
    <section className={[css.panel, className].filter(Boolean).join(' ')} aria-labelledby={id}>
      <div className={css.head}>
        <div className={css.title}>
          <h2 className={css.heading} id={id}>
            {name}
          </h2>
          {note !== undefined && <span className={css.note}>{note}</span>}
        </div>
        {tools !== undefined && <div className={css.tools}>{tools}</div>}
      </div>
      <div className={css.body}>{children}</div>
    </section>
  );
}
