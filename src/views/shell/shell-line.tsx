/**
 * One line of a root shell. The log is its history, the focused action shows here the line it would write, and what a
 * command prints stands above it, per kernel.
 */
import { type KeyboardEvent, useRef, useState } from 'react';
import { lineOf } from '../../actions/action.ts';
import { ACTIONS } from '../../actions/list.ts';
import { useSlow } from '../../ui/progress.tsx';
import { useActionContext, useActivity, useFrame, useSelection, useViewContext } from '../context.ts';
import { type History, newer, older, startHistory } from './line-history.ts';
import { Output } from './output.tsx';
import css from './shell.module.css';

const EMPTY = 'Type a command. help lists them.';

interface ShellLineProps {
  /** Opens the list of commands and keys: what `help` does. */
  readonly onHelp: () => void;
}

export function ShellLine({ onHelp }: ShellLineProps) {
  const isRunning = useSlow(useActivity((s) => s.running !== undefined));
  const cwd = useFrame((frame) => frame.cwd);
  return (
    <section className={css.shell} aria-label="Shell">
      <Output />
      <div className={css.line}>
        <span className={css.prompt} title={cwd === undefined ? undefined : `working directory: ${cwd}`}>
          {isRunning ? '' : '#'}
        </span>
        <Command onHelp={onHelp} isRunning={isRunning} />
      </div>
    </section>
  );
}

function Command({ onHelp, isRunning }: ShellLineProps & { readonly isRunning: boolean }) {
  const [text, setText] = useState('');
  const [history, setHistory] = useState<History>();
  const input = useRef<HTMLTextAreaElement>(null);
  const { performer } = useViewContext();
  const log = useFrame((frame) => frame.log);
  const ghost = usePointedLine();
  const lines = text.split('\n').length;

  const run = async () => {
    const line = text.trim();
    if (line === '') return;
    if (line === 'help') onHelp();
    setText('');
    setHistory(undefined);
    if (line === 'help') return;
    const done = await performer.runLine(line);
    if (!done) setText((now) => (now === '' ? line : now)); // refused: to be mended, not typed again
  };
  const recall = (step: typeof older) => {
    const commands = log?.slice(1).map((entry) => entry.command) ?? [];
    const next = step(history ?? startHistory(text, commands));
    setHistory(next);
    setText(next.text);
  };
  const key = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { selectionStart, selectionEnd } = event.currentTarget;
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) void run();
    else if (event.key === 'ArrowUp' && lines === 1) recall(older);
    else if (event.key === 'ArrowDown' && lines === 1) recall(newer);
    else if (event.key === 'c' && event.ctrlKey && selectionStart === selectionEnd) {
      performer.cancel();
      setText('');
    } else return;
    event.preventDefault();
  };

  return (
    <textarea
      ref={input}
      className={css.input}
      aria-label="Shell command"
      rows={Math.min(lines, 6)}
      spellCheck={false}
      autoCapitalize="off"
      autoCorrect="off"
      autoComplete="off"
      enterKeyHint="go"
      placeholder={ghost ?? (isRunning ? '' : EMPTY)}
      data-ghost={ghost !== undefined || undefined}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        setHistory(undefined);
      }}
      onKeyDown={key}
    />
  );
}

/** The line of the action under the pointer or the focus. */
function usePointedLine(): string | undefined {
  const id = useSelection((s) => s.pointedAction);
  const context = useActionContext();
  const action = ACTIONS.find((a) => a.id === id);
  return action === undefined || context === undefined ? undefined : lineOf(action, context);
}
