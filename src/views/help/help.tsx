/** Keys and help: made from the list of actions, so that it cannot say anything else than the buttons do. */
import { ACTIONS } from '../../actions/list.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { StateGlyph } from '../marks/state-glyph.tsx';
import { STATES } from '../marks/state-words.ts';
import css from './help.module.css';
import { COMMANDS, KEYS } from './texts.ts';

interface HelpProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

export function Help({ open, onClose }: HelpProps) {
  return (
    <Dialog title="Keys and help" open={open} onClose={onClose} wide>
      <div className={css.help}>
        <States />
        <Actions />
        <Keys />
        <Commands />
      </div>
    </Dialog>
  );
}

const States = () => (
  <section aria-labelledby="help-states">
    <h3 id="help-states">Who could give this memory back?</h3>
    <dl className={css.states}>
      {STATES.map(({ state, word, meaning }) => (
        <div key={state}>
          <dt>
            <StateGlyph state={state} /> {word}
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
    <p>
      Beside the glyph stands d_count. One tick at its right: on the LRU. Two ticks: on it and REFERENCED, so that the
      next reclaim spares it once.
    </p>
  </section>
);

const Actions = () => (
  <section aria-labelledby="help-actions">
    <h3 id="help-actions">Actions</h3>
    <dl className={css.pairs}>
      {ACTIONS.map((action) => (
        <div key={action.id}>
          <dt>
            {action.label} {action.keys !== undefined && <kbd>{action.keys}</kbd>}
          </dt>
          <dd>{action.help}</dd>
        </div>
      ))}
    </dl>
  </section>
);

const Keys = () => (
  <section aria-labelledby="help-keys">
    <h3 id="help-keys">Keys</h3>
    <dl className={css.pairs}>
      {KEYS.map(([keys, meaning]) => (
        <div key={keys}>
          <dt>
            <kbd>{keys}</kbd>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  </section>
);

const Commands = () => (
  <section aria-labelledby="help-commands">
    <h3 id="help-commands">Shell</h3>
    <p>
      The shell starts in /sys/kernel/tracing and knows these commands, with pipes, redirections, variables, loops,
      globs and $(…) between them. The same lines run in a root shell on a real machine.
    </p>
    <p className={css.commands}>{COMMANDS.join(' ')}</p>
  </section>
);
