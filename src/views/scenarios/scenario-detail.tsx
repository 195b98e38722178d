/** One scenario: what is to be seen, on which kernels it runs, its script, and the commit that repaired the bug. */
import { useState } from 'react';
import type { ShippedScenario } from '../../state/library.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useViewContext } from '../context.ts';
import { commitUrl } from '../parts/commit-url.ts';
import { useRunScenario } from '../parts/run-scenario.ts';
import css from './scenarios.module.css';

/** Stands for what the scenario itself says. */
const AS_WRITTEN = '';

export function ScenarioDetail({ scenario }: { readonly scenario: ShippedScenario }) {
  const { machines, vfsChoices } = useViewContext().library;
  const run = useRunScenario();
  const [kernel, setKernel] = useState(AS_WRITTEN);
  const [vfs, setVfs] = useState(AS_WRITTEN);
  const changes = { ...(kernel !== AS_WRITTEN && { kernel }), ...(vfs !== AS_WRITTEN && { vfs }) };
  const written = scenario.config.channels[0].kernel;
  const options = (own: string, choices: readonly { readonly id: string; readonly title: string }[]) => [
    { value: AS_WRITTEN, text: own },
    ...choices.map(({ id, title }) => ({ value: id, text: title })),
  ];
  return (
    <Panel
      name={`Scenario ${scenario.bug}`}
      className={css.detail}
      tools={<Button onClick={() => void run(scenario, changes)}>{`Run ${scenario.bug}`}</Button>}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={css.scroll} tabIndex={0} aria-label={`About scenario ${scenario.bug}`}>
        <div className={css.about}>
          <h3 className={css.name}>{scenario.title}</h3>
          <p>{scenario.symptom}</p>
          {scenario.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
          <dl className={css.facts}>
            <dt>Kernel A</dt>
            <dd>{scenario.design}, which shows it</dd>
            <dt>Kernel B</dt>
            <dd>{scenario.fixed}, which is clean</dd>
            <dt>Expected on A</dt>
            <dd>
              {scenario.expected.map((text) => (
                <code key={text} className={css.expected}>
                  {text}
                </code>
              ))}
            </dd>
            <dt>Repaired by</dt>
            <dd>
              {scenario.commits.map((commit) => (
                <Commit key={commit} commit={commit} />
              ))}
            </dd>
          </dl>
          <div className={css.choices}>
            <Choice
              label="Machine"
              showLabel
              value={kernel}
              options={options(`as written: ${written}`, machines)}
              onChange={setKernel}
            />
            <Choice
              label="VFS"
              showLabel
              value={vfs}
              options={options(`as written: ${scenario.vfs ?? 'that of the machine'}`, vfsChoices)}
              onChange={setVfs}
            />
          </div>
        </div>
        <pre className={css.script}>{scenario.text}</pre>
      </section>
    </Panel>
  );
}

/** "ef36b4f92868 eventfs: Remember what dentries were created on dir open" */
function Commit({ commit }: { readonly commit: string }) {
  const [id = '', ...words] = commit.split(' ');
  const url = commitUrl(id);
  const subject = words.join(' ');
  if (url === '') return <span className={css.commit}>{id === '–' ? subject : commit}</span>;
  return (
    <span className={css.commit}>
      <a href={url} target="_blank" rel="noreferrer">
        <code>{id}</code>
      </a>{' '}
      {subject}
    </span>
  );
}
