/** Who holds the chosen row, on every kernel shown: a count is a list of names. */
import { formatCount } from '../../base/format.ts';
import type { ChannelInfo, Holder, ObjectRef } from '../../state/protocol.ts';
import { type ChosenNode, chosenByName, goneWord } from '../../state/selection.ts';
import { shownChannels } from '../../state/settings.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useSlow } from '../../ui/progress.tsx';
import { useFrame, useSelection, useSettings, useViewContext } from '../context.ts';
import { StateGlyph } from '../marks/state-glyph.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { holderWords, lastName, nobodyWords, rowOf, wrongCount } from './holder-words.ts';
import css from './holders.module.css';

/** Holders that are told one by one. */
const LIMIT = 50;

const request = (ref: ObjectRef, withSteps = false) => ({ ref, limit: LIMIT, withSteps, at: undefined });

/** Nothing, while nothing is chosen. */
export function HoldersPanel() {
  const node = useSelection((s) => s.node);
  const channels = useFrame((frame) => frame.channels) ?? [];
  const hidden = useSettings((s) => s.hiddenKernels);
  if (node === undefined) return null;
  const gone = goneWord(node);
  const path = node.path === '' ? '/sys/kernel/tracing' : node.path;
  return (
    <Panel name="Who holds it" note={gone === undefined ? path : `${path}, ${gone}`} className={css.panel}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={css.scroll} tabIndex={0} aria-label="Holders">
        <div className={css.kernels}>
          {shownChannels(channels, hidden).map((i) => (
            <OnKernel key={channels[i].letter} node={node} channel={i} info={channels[i]} />
          ))}
        </div>
      </section>
    </Panel>
  );
}

interface OnKernelProps {
  readonly node: ChosenNode;
  readonly channel: number;
  readonly info: ChannelInfo;
}

function OnKernel({ node, channel, info }: OnKernelProps) {
  const ref = node.refs[channel];
  const nobody = nobodyWords(ref, node.fates[channel]);
  return (
    <div className={css.kernel}>
      <h3 className={css.head}>
        {info.letter} {info.title}
      </h3>
      {nobody === undefined && ref?.dentry !== undefined ? (
        <List key={`${ref.dentry.index} ${ref.dentry.generation}`} dentry={ref.dentry} />
      ) : (
        <p className={css.nobody}>{nobody}</p>
      )}
    </div>
  );
}

function List({ dentry }: { readonly dentry: ObjectRef }) {
  const { answer, isLoading, problem, retry } = useAnswer('holders', request(dentry));
  const isSlow = useSlow(isLoading);
  if (problem !== undefined)
    return (
      <p className={css.nobody}>
        It could not be read. {problem} <Button onClick={retry}>Try again</Button>
      </p>
    );
  if (answer === undefined) return isSlow ? <p className={css.nobody}>…</p> : null;
  const { count, holders, more } = answer;
  const wrong = wrongCount(answer);
  return (
    <>
      {count !== undefined && <p className={css.count}>d_count {formatCount(count)}</p>}
      <ul className={css.list}>
        {wrong !== undefined && (
          <li className={css.wrong}>
            <StateGlyph state="broken" /> {wrong}
          </li>
        )}
        {holders.map((holder, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list of one state never changes its order
          <Item key={i} dentry={dentry} holder={holder} />
        ))}
        {more > 0 && <li>and {formatCount(more)} more</li>}
      </ul>
      {holders.length === 0 && wrong === undefined && <p className={css.nobody}>Nobody: reclaim frees it.</p>}
    </>
  );
}

function Item({ dentry, holder }: { readonly dentry: ObjectRef; readonly holder: Holder }) {
  return (
    <li className={css.item}>
      {holderWords(holder)}
      <Row holder={holder} /> <Since dentry={dentry} holder={holder} />
    </li>
  );
}

/** A link that chooses the holder, where it has a row. */
function Row({ holder }: { readonly holder: Holder }) {
  const chooseNode = useSelection((s) => s.chooseNode);
  const moment = useFrame((frame) => frame.history.cursor) ?? 0;
  const path = rowOf(holder);
  if (path === undefined) return null;
  // A cursor and an array belong to an open file: the row is its directory.
  const names = holder.ref.cache === 'dentry' ? [{ object: holder.ref }] : [];
  const choose = () => chooseNode(chosenByName(path, names, moment));
  return (
    <>
      {' '}
      <Button look="inline" className={css.link} title={path} onClick={choose}>
        {lastName(path)}
      </Button>
    </>
  );
}

/** The command that took the reference, and the step of it. */
function Since({ dentry, holder }: { readonly dentry: ObjectRef; readonly holder: Holder }) {
  const { performer } = useViewContext();
  const showStep = useShowStep();
  const { command } = holder;
  if (command === undefined) return null;
  if (command === 0) return <span className={css.since}>since boot</span>;
  return (
    <span className={css.since}>
      since{' '}
      <Button look="inline" className={css.link} onClick={() => void performer.seek(command)}>
        command {formatCount(command)}
      </Button>
      ,{' '}
      <Button
        look="inline"
        className={css.link}
        aria-label={`its step: ${holderWords(holder)}, command ${formatCount(command)}`}
        onClick={() => void showStep(dentry, holder, command)}
      >
        its step
      </Button>
    </span>
  );
}

/** Finds the step by running the command once more, which takes as long as the command, and goes there. */
function useShowStep() {
  const { queries, performer, stores } = useViewContext();
  return async (dentry: ObjectRef, holder: Holder, command: number): Promise<void> => {
    const outcome = await queries.ask('holders', request(dentry, true), () => undefined);
    if (outcome.kind !== 'answer') return;
    const found = outcome.answer.holders.find(
      ({ kind, ref }) => kind === holder.kind && ref.index === holder.ref.index && ref.cache === holder.ref.cache,
    );
    stores.selection.getState().chooseChannel(dentry.kernel);
    void performer.seek(command);
    stores.steps.getState().goTo(found?.step ?? 0);
    stores.settings.getState().setView('steps');
  };
}
