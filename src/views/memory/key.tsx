/** Which colour is which structure: in the heading where there is room, above the bars where there is not. */
import css from './memory.module.css';
import { STRUCTS } from './memory-rows.ts';

export function Key({ place }: { readonly place: 'head' | 'body' }) {
  return (
    <span className={[css.key, place === 'head' ? css.inHead : css.inBody].join(' ')} aria-hidden="true">
      {STRUCTS.map((struct) => (
        <span key={struct} className={css.entry}>
          <span className={[css.swatch, css.segment].join(' ')} data-struct={struct} />
          {struct}
        </span>
      ))}
    </span>
  );
}
