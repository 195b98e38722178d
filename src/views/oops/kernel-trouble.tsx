/** What one command did to one kernel: the headline, and on demand the reports of the kernel and the broken invariants. */
import { useState } from 'react';
import { formatCount, plural } from '../../base/format.ts';
import type { ShippedScenario } from '../../state/library.ts';
import type { BrokenRule, ChannelInfo, ChannelResult } from '../../state/protocol.ts';
import { Button } from '../../ui/button.tsx';
import { useSelection, useSettings, useSteps, useViewContext } from '../context.ts';
import { KernelKey } from '../marks/kernel-key.tsx';
import { StateGlyph } from '../marks/state-glyph.tsx';
import { useScenario } from '../parts/shown-scenario.ts';
import { brokenWords, invariantRule } from '../parts/trouble.ts';
import css from './oops.module.css';
import { OopsReport } from './oops-report.tsx';

export interface Met {
  readonly command: number;
  readonly channel: number;
  readonly result: ChannelResult;
}

/** The line that stands for all of it: the kernel's own report, else what the model saw. */
export function headline({ result: { oopses, breaches } }: Met): string {
  const [oops] = oopses;
  const [breach] = breaches;
  return oops?.text ?? (breach === undefined ? '' : brokenWords(breach));
}

/** Broken invariants that are told one by one. */
const MAX_BREACHES = 4;

export function Report({ met, info }: { readonly met: Met; readonly info: ChannelInfo }) {
  const { channel, command, result } = met;
  const { oopses, breaches } = result;
  const isExplorer = useSettings((s) => s.view === 'explorer');
  const [hasRoom] = useState(() => window.matchMedia('(min-width: 1100px)').matches);
  const [chosen, setChosen] = useState<boolean>();
  const isOpen = chosen ?? (isExplorer && hasRoom);
  const scenario = useScenario();
  const symptom = scenario !== undefined && isAbout(scenario, info.design) ? scenario.symptom : undefined;
  const more = oopses.length + breaches.length - 1;
  return (
    <div className={css.kernel}>
      <div className={css.line}>
        <StateGlyph state="broken" />
        <h2 className={css.title}>{headline(met)}</h2>
        <span className={css.where}>
          <KernelKey channel={channel} /> {info.letter} {info.title}
          {oopses[0] !== undefined && `, task ${oopses[0].task}`}
          {more > 0 && `, and ${plural(more, 'more report')}`}
        </span>
        <span className={css.tools}>
          <ShowSteps command={command} channel={channel} />
          <Button look="quiet" aria-expanded={isOpen} onClick={() => setChosen(!isOpen)}>
            {isOpen ? 'Hide details' : 'Explain'}
          </Button>
        </span>
      </div>
      {isOpen && (
        <>
          {oopses.map((oops, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the reports of one command never change their order
            <div key={i}>
              {i > 0 && <h3 className={css.next}>{oops.text}</h3>}
              <OopsReport oops={oops} symptom={i === 0 ? symptom : undefined} />
            </div>
          ))}
          {breaches.length > 0 && (
            <Breaches
              breaches={breaches}
              isAlone={oopses.length === 0}
              symptom={oopses.length === 0 ? symptom : undefined}
            />
          )}
        </>
      )}
    </div>
  );
}

interface BreachesProps {
  readonly breaches: readonly BrokenRule[];
  /** The kernel itself noticed nothing. */
  readonly isAlone: boolean;
  readonly symptom: string | undefined;
}

function Breaches({ breaches, isAlone, symptom }: BreachesProps) {
  const hidden = breaches.length - MAX_BREACHES;
  return (
    <div className={css.broken}>
      {isAlone && (
        <p className={css.meaning}>
          The kernel noticed nothing and went on; the model knows that what must always hold does not. {symptom}
        </p>
      )}
      <h3 className={css.head}>What no longer holds</h3>
      <ul className={css.facts}>
        {breaches.slice(0, MAX_BREACHES).map((breach) => (
          <li key={brokenWords(breach)}>
            <span className={css.text}>{brokenWords(breach)}</span> {invariantRule(breach)}
          </li>
        ))}
        {hidden > 0 && <li>and {formatCount(hidden)} more</li>}
      </ul>
    </div>
  );
}

const isAbout = ({ design, also }: ShippedScenario, id: string): boolean => [design, ...also].includes(id);

function ShowSteps({ command, channel }: { readonly command: number; readonly channel: number }) {
  const setView = useSettings((s) => s.setView);
  const goTo = useSteps((s) => s.goTo);
  const { performer } = useViewContext();
  const chooseChannel = useSelection((s) => s.chooseChannel);
  const show = () => {
    chooseChannel(channel);
    void performer.seek(command);
    goTo('oops');
    setView('steps');
  };
  return (
    <Button look="quiet" onClick={show}>
      Show the steps
    </Button>
  );
}
