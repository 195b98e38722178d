/** Which rows are shown: a part of the name, and one state. A match is shown with what lies above it. */
import type { NodeState } from '../../state/protocol.ts';
import { Choice, Field } from '../../ui/field.tsx';
import { useSettings } from '../context.ts';
import { STATES } from '../marks/state-words.ts';
import css from './tree.module.css';

type StateChoice = NodeState | 'all';

const OPTIONS: readonly { readonly value: StateChoice; readonly text: string }[] = [
  { value: 'all', text: 'all states' },
  ...STATES.map(({ state, word }) => ({ value: state, text: word })),
];

export function TreeFilters() {
  const nameFilter = useSettings((s) => s.nameFilter);
  const stateFilter = useSettings((s) => s.stateFilter);
  const setNameFilter = useSettings((s) => s.setNameFilter);
  const setStateFilter = useSettings((s) => s.setStateFilter);
  return (
    <div className={css.filters}>
      <Field
        label="Filter by name"
        type="search"
        placeholder="filter…"
        className={css.nameFilter}
        value={nameFilter}
        onChange={setNameFilter}
        onKeyDown={(event) => event.key === 'Escape' && setNameFilter('')}
      />
      <Choice<StateChoice>
        label="Filter by state"
        value={stateFilter[0] ?? 'all'}
        options={OPTIONS}
        onChange={(state) => setStateFilter(state === 'all' ? [] : [state])}
      />
    </div>
  );
}
