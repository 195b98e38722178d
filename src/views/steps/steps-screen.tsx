/** One command on one kernel, function by function: whose turn it is, what changes, who holds which lock. */
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/field.tsx';
import { Message } from '../../ui/message.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Progress, useSlow } from '../../ui/progress.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useCurrent, useFrame, useSelection, useSettings, useSteps, useViewContext } from '../context.ts';
import { useIsPhoneRow } from '../parts/row-height.ts';
import { captionAt, useScenario } from '../parts/shown-scenario.ts';
import { troubleStep } from '../parts/trouble.ts';
import { LanesList } from './lanes-list.tsx';
import { Scrubber } from './scrubber.tsx';
import { StepDetail } from './step-detail.tsx';
import { StepTree } from './step-tree.tsx';
import { traceNotes } from './step-words.ts';
import css from './steps.module.css';
import { StepsTable } from './steps-table.tsx';
import { type TraceAnswer, useTrace } from './use-trace.ts';

export function StepsScreen() {
  const last = (useFrame((frame) => frame.log.length) ?? 1) - 1;
  const channels = useFrame((frame) => frame.channels) ?? [];
  const channel = Math.min(
    useSelection((s) => s.channel),
    Math.max(0, channels.length - 1),
  );
  const command = Math.min(useCurrent(), last);
  const { answer, problem, isLoading, progress, retry, cancel } = useTrace(channel, command);
  const isSlow = useSlow(isLoading);
  const asTable = useSteps((s) => s.asTable);
  const setAsTable = useSteps((s) => s.setAsTable);
  const isLate = isLoading && answer !== undefined;
  const isPhone = useIsPhoneRow();
  const which = <Which channel={channel} command={command} />;
  return (
    <Panel
      name="Steps"
      className={css.steps}
      note={isLate && isSlow ? `of command ${answer.command}` : undefined}
      tools={
        <>
          {!isPhone && which}
          <Switch label="Show as table" checked={asTable} onChange={setAsTable} />
        </>
      }
    >
      {isPhone && which}
      {command === 0 && <NoCommand />}
      {problem !== undefined && (
        <Message text={`The steps could not be read. ${problem}`}>
          <Button onClick={retry}>Try again</Button>
        </Message>
      )}
      {isSlow && answer === undefined && (
        <Message>
          <Progress
            label="Running the command once more"
            done={progress?.done ?? 0}
            total={progress?.total ?? 0}
            onCancel={cancel}
          />
        </Message>
      )}
      {command > 0 && answer !== undefined && <Walk answer={answer} title={channels[answer.channel]?.title ?? ''} />}
    </Panel>
  );
}

function NoCommand() {
  const setView = useSettings((s) => s.setView);
  return (
    <Message text="No command has been run. Run one, or open a scenario.">
      <Button onClick={() => setView('scenarios')}>Scenarios</Button>
    </Message>
  );
}

/** Which command of the log, on which kernel. */
function Which({ channel, command }: { readonly channel: number; readonly command: number }) {
  const log = useFrame((frame) => frame.log) ?? [];
  const channels = useFrame((frame) => frame.channels) ?? [];
  const { performer } = useViewContext();
  const chooseChannel = useSelection((s) => s.chooseChannel);
  const setStep = useSteps((s) => s.setStep);
  const commands = log.slice(1).map(({ index, label }) => ({ value: String(index), text: `${index} ${label}` }));
  const kernels = channels.map(({ letter, title }, i) => ({ value: String(i), text: `${letter} ${title}` }));
  return (
    <div className={css.which}>
      {commands.length > 0 && (
        <Choice
          label="Command"
          value={String(command)}
          options={commands}
          onChange={(value) => {
            setStep(0);
            void performer.seek(Number(value));
          }}
        />
      )}
      <Choice
        label="Kernel"
        value={String(channel)}
        options={kernels}
        onChange={(value) => {
          setStep(0);
          chooseChannel(Number(value));
        }}
      />
    </div>
  );
}

function Walk({ answer, title }: { readonly answer: TraceAnswer; readonly title: string }) {
  const { trace, channel, command, moment } = answer;
  const target = useSteps((s) => s.step);
  const setStep = useSteps((s) => s.setStep);
  const asTable = useSteps((s) => s.asTable);
  const scenario = useScenario();
  const caption = scenario === undefined ? '' : captionAt(scenario, command);
  const wanted = target === 'oops' ? (troubleStep(trace) ?? 0) : target;
  const current = Math.max(0, Math.min(trace.steps.length - 1, wanted));
  if (trace.steps.length === 0) return <Message text={`The command entered no function of the kernel on ${title}.`} />;
  const notes = traceNotes(trace, title);
  return (
    <div className={css.walk}>
      <div className={css.left}>
        {caption !== '' && <p className={css.note}>{caption}</p>}
        {notes.map((note) => (
          <p key={note} className={css.note}>
            {note}
          </p>
        ))}
        <Scrubber trace={trace} current={current} onMove={setStep} />
        {asTable ? (
          <StepsTable trace={trace} current={current} onMove={setStep} />
        ) : (
          <LanesList trace={trace} current={current} onMove={setStep} />
        )}
      </div>
      <div className={css.right}>
        <StepDetail channel={channel} moment={moment} trace={trace} current={current} />
        <StepTree channel={channel} moment={moment} trace={trace} current={current} />
      </div>
    </div>
  );
}
