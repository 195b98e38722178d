/**
 * A kernel bug cannot be missed: it stands across the page, under the sentence that tells of it (the sentence is the only
 * live region, so the banner itself says nothing aloud). What an earlier command broke is said until it is undone.
 */
import { useState } from 'react';
import { plural } from '../../base/format.ts';
import type { ChannelInfo, LogEntry, Oops } from '../../state/protocol.ts';
import { Button } from '../../ui/button.tsx';
import { KernelKey } from '../../ui/glyph/kernel-key.tsx';
import { StateGlyph } from '../../ui/glyph/state-glyph.tsx';
import { useFrame, useSelection, useSettings, useSteps } from '../context.ts';
import { useScenario } from '../parts/scenario.ts';
import css from './oops.module.css';
import { OopsReport } from './oops-report.tsx';

interface Met {
  readonly command: number;
  readonly channel: number;
  readonly oopses: readonly Oops[];
}

const metBy = (entry: LogEntry): readonly Met[] =>
  entry.results.flatMap(({ oopses }, channel) =>
    oopses.length === 0 ? [] : [{ command: entry.index, channel, oopses }],
  );

export function OopsBanner() {
  const log = useFrame((frame) => frame.log);
  const position = useFrame((frame) => frame.position) ?? 0;
  const channels = useFrame((frame) => frame.channels);
  if (log === undefined || channels === undefined) return null;
  const now = log[position];
  const met = now === undefined ? [] : metBy(now);
  if (met.length > 0)
    return (
      <section className={css.banner} aria-label="Kernel bug">
        {met.map((one) => (
          <Report key={`${one.command} ${one.channel}`} met={one} info={channels[one.channel]} />
        ))}
      </section>
    );
  const earlier = log.slice(1, position).flatMap(metBy);
  return earlier.length === 0 ? null : <Earlier met={earlier} channels={channels} />;
}

function Report({ met: { command, channel, oopses }, info }: { readonly met: Met; readonly info: ChannelInfo }) {
  const isExplorer = useSettings((s) => s.view === 'explorer');
  const [chosen, setChosen] = useState<boolean>();
  const isOpen = chosen ?? isExplorer;
  const scenario = useScenario();
  const [first, ...more] = oopses;
  const symptom = scenario !== undefined && isAbout(scenario, info.design) ? scenario.symptom : undefined;
  return (
    <div className={css.kernel}>
      <div className={css.line}>
        <StateGlyph state="broken" />
        <h2 className={css.title}>{first.text}</h2>
        <span className={css.where}>
          <KernelKey channel={channel} /> {info.letter} {info.title}, task {first.task}
          {more.length > 0 && `, and ${plural(more.length, 'more report')}`}
        </span>
        <span className={css.tools}>
          <ShowSteps command={command} channel={channel} />
          <Button look="quiet" aria-expanded={isOpen} onClick={() => setChosen(!isOpen)}>
            {isOpen ? 'Hide details' : 'Explain'}
          </Button>
        </span>
      </div>
      {isOpen &&
        oopses.map((oops, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the reports of one command never change their order
          <div key={i}>
            {i > 0 && <h3 className={css.next}>{oops.text}</h3>}
            <OopsReport oops={oops} symptom={i === 0 ? symptom : undefined} />
          </div>
        ))}
    </div>
  );
}

const isAbout = ({ design, also }: { readonly design: string; readonly also: readonly string[] }, id: string) =>
  [design, ...also].includes(id);

function ShowSteps({ command, channel }: { readonly command: number; readonly channel: number }) {
  const setView = useSettings((s) => s.setView);
  const goTo = useSteps((s) => s.goTo);
  const chooseCommand = useSelection((s) => s.chooseCommand);
  const chooseChannel = useSelection((s) => s.chooseChannel);
  const last = (useFrame((frame) => frame.log.length) ?? 1) - 1;
  const show = () => {
    chooseChannel(channel);
    chooseCommand(command === last ? undefined : command);
    goTo('oops');
    setView('steps');
  };
  return (
    <Button look="quiet" onClick={show}>
      Show the steps
    </Button>
  );
}

/** What stays broken of commands before this one. */
function Earlier({ met, channels }: { readonly met: readonly Met[]; readonly channels: readonly ChannelInfo[] }) {
  const chooseCommand = useSelection((s) => s.chooseCommand);
  const broken = met.filter(({ oopses }) => oopses.some((oops) => oops.fatal || oops.kind === 'leak'));
  const [first] = broken;
  if (first === undefined) return null;
  const { text } = first.oopses[0];
  return (
    <section className={css.banner} aria-label="Kernel bug">
      <div className={css.line}>
        <StateGlyph state="broken" />
        <p className={css.since}>
          {channels[first.channel].letter} {channels[first.channel].title} is broken since command {first.command}:{' '}
          {text}
        </p>
        <Button look="quiet" onClick={() => chooseCommand(first.command)}>
          Go to command {first.command}
        </Button>
      </div>
    </section>
  );
}
