/** On or off, at once. The label is the accessible name; it stands beside it unless something there says the same. */
import css from './switch.module.css';

interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly isLabelHidden?: boolean;
}

export function Switch({ label, checked, onChange, isLabelHidden = false }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={label}
      title={label}
      className={css.switch}
      onClick={() => onChange(!checked)}
    >
      <span className={css.track} aria-hidden="true">
        <span className={css.thumb} />
      </span>
      {!isLabelHidden && <span aria-hidden="true">{label}</span>}
    </button>
  );
}
