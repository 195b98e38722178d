/** Line icons of 16 px. Each stands beside a word or in a button that has a name, so all are hidden from assistive technology. */
import css from './icon.module.css';

const PATHS = {
  chevronRight: 'M6 3.5 10.5 8 6 12.5',
  chevronDown: 'M3.5 6 8 10.5 12.5 6',
  close: 'M4 4l8 8M12 4l-8 8',
  more: 'M3 5h10M3 8h10M3 11h10',
} as const;

export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg className={css.icon} viewBox="0 0 16 16" width={16} height={16} aria-hidden="true">
      <path d={PATHS[name]} fill="none" stroke="currentColor" strokeWidth={1.5} />
    </svg>
  );
}
