/** The fields that stand beside actions, by the action they belong to. */
import type { Action } from '../../actions/action.ts';
import { PROBED_FUNCTIONS } from '../../state/inputs.ts';
import { Choice, Field } from '../../ui/field.tsx';
import { useFrame, useInputs } from '../context.ts';
import css from './actions.module.css';

interface ActionFieldsProps {
  readonly action: Action;
  /** In the bar names are not drawn, and the function to probe has no room. */
  readonly inBar?: boolean;
}

export function ActionFields({ action, inBar = false }: ActionFieldsProps) {
  switch (action.id) {
    case 'instance.mkdir':
      return <InstanceFields showLabel={!inBar} />;
    case 'memory.pressure':
      return <DentriesField showLabel={!inBar} />;
    case 'kprobe.add':
      return inBar ? null : <FunctionField />;
    default:
      return null;
  }
}

function InstanceFields({ showLabel }: { readonly showLabel: boolean }) {
  const count = useInputs((s) => s.instanceCount);
  const name = useInputs((s) => s.instanceName);
  const set = useInputs((s) => s.set);
  const instances = useFrame((frame) => frame.instances.length) ?? 0;
  return (
    <>
      <Field
        label="Number of instances"
        showLabel={showLabel}
        className={css.count}
        inputMode="numeric"
        value={count}
        onChange={(instanceCount) => set({ instanceCount })}
      />
      <Field
        label="Instance name"
        showLabel={showLabel}
        className={css.name}
        placeholder={`i${instances + 1}`}
        value={name}
        onChange={(instanceName) => set({ instanceName })}
      />
    </>
  );
}

function DentriesField({ showLabel }: { readonly showLabel: boolean }) {
  const dentries = useInputs((s) => s.dentries);
  const set = useInputs((s) => s.set);
  return (
    <Field
      label="Dentries to reclaim"
      showLabel={showLabel}
      className={css.dentries}
      inputMode="numeric"
      value={dentries}
      onChange={(next) => set({ dentries: next })}
    />
  );
}

function FunctionField() {
  const probedFunction = useInputs((s) => s.probedFunction);
  const set = useInputs((s) => s.set);
  return (
    <Choice
      label="Function to probe"
      showLabel
      value={probedFunction}
      options={PROBED_FUNCTIONS.map((value) => ({ value, text: value }))}
      onChange={(next) => set({ probedFunction: next })}
    />
  );
}
