/** Text and number fields and a list of choices. The name is always there for assistive technology; it is drawn on demand. */
import { type ComponentPropsWithRef, useId } from 'react';
import css from './field.module.css';
import { VisuallyHidden } from './hidden.tsx';

interface FieldProps extends Omit<ComponentPropsWithRef<'input'>, 'onChange' | 'value' | 'size'> {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly showLabel?: boolean;
}

export function Field({ label, value, onChange, showLabel = false, className, ...rest }: FieldProps) {
  const id = useId();
  return (
    <span className={css.field}>
      <label htmlFor={id} className={css.label} data-shown={showLabel || undefined}>
        {showLabel ? label : <VisuallyHidden>{label}</VisuallyHidden>}
      </label>
      <input
        id={id}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        {...rest}
        className={[css.input, className].filter(Boolean).join(' ')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
  readonly showLabel?: boolean;
}

export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
  showLabel = false,
}: ChoiceProps<Value>) {
  const id = useId();
  return (
    <span className={css.field}>
      <label htmlFor={id} className={css.label} data-shown={showLabel || undefined}>
        {showLabel ? label : <VisuallyHidden>{label}</VisuallyHidden>}
      </label>
      <select
        id={id}
        className={css.input}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </span>
  );
}
