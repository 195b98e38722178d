/** On or off, at once. The label is the accessible name and always stands beside it. */
import css from './switch.module.css';

interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Switch({ label, checked, onChange }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={label}
      className={css.switch}
      onClick={() => onChange(!checked)}
    >
      <span className={css.track} aria-hidden="true">
        <span className={css.thumb} />
      </span>
      <span aria-hidden="true">{label}</span>
    </button>
  );
}
