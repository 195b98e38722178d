/** The shipped scenarios: bugs that made history, each on the design that had it beside the one that has it no more. */
import { useMemo, useState } from 'react';
import { plural } from '../../base/format.ts';
import type { ShippedScenario } from '../../state/library.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Message } from '../../ui/message.tsx';
import { Panel } from '../../ui/panel.tsx';
import look from '../../ui/table.module.css';
import { useViewContext } from '../context.ts';
import { useRunScenario } from '../parts/run-scenario.ts';
import { ScenarioDetail } from './scenario-detail.tsx';
import { findScenarios } from './scenario-search.ts';
import css from './scenarios.module.css';

export function ScenariosScreen() {
  const { scenarios } = useViewContext().library;
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string>();
  const found = useMemo(() => findScenarios(scenarios, text), [scenarios, text]);
  const shown = found.find(({ file }) => file === chosen) ?? found[0];
  return (
    <>
      <Panel
        name="Scenarios"
        className={css.list}
        note={plural(found.length, 'scenario')}
        tools={
          <Field label="Search scenarios" placeholder="search" value={text} onChange={setText} className={css.search} />
        }
      >
        {found.length === 0 ? (
          <Message text={`No scenario has “${text}”. ${plural(scenarios.length - found.length, 'scenario')} hidden.`}>
            <Button onClick={() => setText('')}>Clear search</Button>
          </Message>
        ) : (
          <List scenarios={found} shown={shown} onShow={({ file }) => setChosen(file)} />
        )}
      </Panel>
      {shown !== undefined && <ScenarioDetail key={shown.file} scenario={shown} />}
    </>
  );
}

interface ListProps {
  readonly scenarios: readonly ShippedScenario[];
  readonly shown: ShippedScenario | undefined;
  readonly onShow: (scenario: ShippedScenario) => void;
}

function List({ scenarios, shown, onShow }: ListProps) {
  const run = useRunScenario();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={css.scroll} tabIndex={0} aria-label="List of scenarios">
      <table className={look.table}>
        <thead>
          <tr>
            <th scope="col">bug</th>
            <th scope="col">what goes wrong</th>
            <th scope="col" className={css.wide}>
              shows on
            </th>
            <th scope="col" className={css.wide}>
              clean on
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {scenarios.map((scenario) => (
            <tr key={scenario.file} data-shown={scenario === shown || undefined} className={css.row}>
              <td className={css.bug}>{scenario.bug}</td>
              <th scope="row">
                <Button
                  look="inline"
                  className={css.title}
                  aria-pressed={scenario === shown}
                  onClick={() => onShow(scenario)}
                >
                  {scenario.title}
                </Button>
                <p className={css.symptom}>{scenario.symptom}</p>
              </th>
              <td className={css.wide}>{[scenario.design, ...scenario.also].join(', ')}</td>
              <td className={css.wide}>{scenario.fixed}</td>
              <td className={css.run}>
                <Button aria-label={`Run ${scenario.bug}, ${scenario.title}`} onClick={() => void run(scenario)}>
                  Run
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
