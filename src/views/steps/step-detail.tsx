/** Everything about the chosen step: what it did, to what, from where it was called, and who holds and waits for what. */
import { useMemo } from 'react';
import { formatChange, formatCount } from '../../base/format.ts';
import type { BrokenRule, Trace, TraceStep } from '../../state/protocol.ts';
import { Panel } from '../../ui/panel.tsx';
import look from '../../ui/table.module.css';
import { OopsReport } from '../oops/oops-report.tsx';
import { useScenario } from '../parts/shown-scenario.ts';
import { urlAt, useDesignTag } from '../parts/source-url.ts';
import { brokenWords, invariantRule } from '../parts/trouble.ts';
import { lanesOf } from './lanes.ts';
import { StepAccesses } from './step-accesses.tsx';
import { eventWords, fnWords } from './step-words.ts';
import css from './steps.module.css';

interface StepDetailProps {
  readonly channel: number;
  /** Id of the moment after the command. */
  readonly moment: number;
  readonly trace: Trace;
  readonly current: number;
}

export function StepDetail({ channel, moment, trace, current }: StepDetailProps) {
  const step = trace.steps[current];
  const scenario = useScenario();
  return (
    <Panel name={`Step ${formatCount(current + 1)}`} note={`task ${step.task}`} className={css.detail}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={css.scroll} tabIndex={0} aria-label="About the step">
        {step.oops !== undefined && (
          <div className={css.oops}>
            <h3 className={css.oopsText}>{step.oops.text}</h3>
            <OopsReport oops={step.oops} symptom={scenario?.symptom} />
          </div>
        )}
        <Breaches breaches={step.breaches ?? []} />
        <div className={css.facts}>
          <Did step={step} />
          <CallStack trace={trace} step={step} channel={channel} />
          <Counters steps={trace.steps} current={current} />
        </div>
        <Locks trace={trace} current={current} />
        <StepAccesses channel={channel} moment={moment} step={step.index} />
      </section>
    </Panel>
  );
}

/** Invariants that this step broke; some designs break some of them for a moment with every lookup. */
function Breaches({ breaches }: { readonly breaches: readonly BrokenRule[] }) {
  return breaches.map((breach) => (
    <div key={brokenWords(breach)} className={css.breach}>
      <h3 className={css.oopsText}>{brokenWords(breach)}</h3>
      <p>{invariantRule(breach)}</p>
    </div>
  ));
}

function Did({ step }: { readonly step: TraceStep }) {
  return (
    <div className={css.fact}>
      <h3 className={css.factHead}>What it did</h3>
      {step.events.length === 0 && step.waitsFor === undefined && <p className={css.none}>no count, no lock changed</p>}
      <ul className={css.did}>
        {step.events.map((event, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same may happen twice in a step, which never changes
          <li key={i}>{eventWords(event)}</li>
        ))}
        {step.waitsFor !== undefined && <li>waits for {step.waitsFor.text}</li>}
      </ul>
    </div>
  );
}

/** Innermost first, the function that the step entered on top. */
function CallStack({
  trace,
  step,
  channel,
}: {
  readonly trace: Trace;
  readonly step: TraceStep;
  readonly channel: number;
}) {
  const tag = useDesignTag(channel);
  const frames = [step.fn, ...step.stack];
  return (
    <div className={css.fact}>
      <h3 className={css.factHead}>Modelled call stack</h3>
      <ol className={css.stack}>
        {frames.map((fn, i) => {
          const link = trace.sources[fn.replace(/\(.*/, '')];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a function may stand twice in a stack, which never changes
            <li key={i}>
              {link === undefined ? (
                fnWords(fn)
              ) : (
                <a href={urlAt(link, tag)} target="_blank" rel="noreferrer" title={link.source}>
                  {fn}
                </a>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

const COUNTERS = [
  ['dentries', 'nrDentry'],
  ['inodes', 'nrInodes'],
  ['unused', 'nrUnused'],
] as const;

function Counters({ steps, current }: { readonly steps: readonly TraceStep[]; readonly current: number }) {
  const now = steps[current].counters;
  const before = steps[current - 1]?.counters ?? now;
  return (
    <div className={css.fact}>
      <h3 className={css.factHead}>After it</h3>
      <dl className={css.counters}>
        {COUNTERS.map(([name, key]) => (
          <div key={name} className={css.counter}>
            <dt>{name}</dt>
            <dd>
              {formatCount(now[key])} <span className={css.change}>{formatChange(now[key] - before[key])}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** A row a task that has begun. */
function Locks({ trace, current }: Omit<StepDetailProps, 'channel' | 'moment'>) {
  const lanes = useMemo(() => lanesOf(trace), [trace]);
  return (
    <table className={look.table}>
      <caption className={css.caption}>Locks after it</caption>
      <thead>
        <tr>
          <th scope="col">task</th>
          <th scope="col">holds</th>
          <th scope="col">waits for</th>
        </tr>
      </thead>
      <tbody>
        {trace.tasks.map((task, i) => {
          const { held, waitsFor, life } = lanes[current][i];
          const nothing = life === 'before' ? 'has not begun' : life === 'over' ? 'has ended' : '–';
          return (
            <tr key={task}>
              <th scope="row" className={css.mono}>
                {task}
              </th>
              <td className={css.mono}>
                {held.length === 0 ? nothing : held.map(({ text }) => text).join(', ')}
                {life === 'dead' && ' for ever: it is dead'}
              </td>
              <td className={css.mono}>{waitsFor?.text ?? '–'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
