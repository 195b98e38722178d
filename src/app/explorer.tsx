/** The Explorer on a screen: the tree at the left, memory, counts and log at the right, a divider between them. */
import { useState, useSyncExternalStore } from 'react';
import { Splitter } from '../ui/splitter.tsx';
import { CountsPanel } from '../views/counts/counts-panel.tsx';
import { HoldersPanel } from '../views/holders/holders-panel.tsx';
import { LogPanel } from '../views/log/log-panel.tsx';
import { MemoryPanel } from '../views/memory/memory-panel.tsx';
import { OpenFiles } from '../views/openfiles/open-files.tsx';
import { TreePanel } from '../views/tree/tree-panel.tsx';
import { Boundary } from './boundary.tsx';
import css from './explorer.module.css';

const TREE_WIDTH = 560;
const TREE_WIDTH_WIDE = 640;
/** Screens this wide give the tree more, and the strips more height. */
const WIDE = 1800;
const MIN_SIDE = 320;

function watchSize(changed: () => void): () => void {
  window.addEventListener('resize', changed);
  return () => window.removeEventListener('resize', changed);
}

export function Explorer() {
  const room = useSyncExternalStore(watchSize, () => window.innerWidth);
  const [dragged, setDragged] = useState<number>();
  const natural = room >= WIDE ? TREE_WIDTH_WIDE : TREE_WIDTH;
  const max = Math.max(MIN_SIDE, room - MIN_SIDE);
  const width = Math.min(dragged ?? natural, max);
  return (
    <div className={css.explorer} style={{ '--tree-width': `${width}px` } as React.CSSProperties}>
      <div className={css.left}>
        <Boundary name="Tree">
          <TreePanel />
        </Boundary>
        <Boundary name="Who holds it">
          <HoldersPanel />
        </Boundary>
        <Boundary name="Open files">
          <OpenFiles />
        </Boundary>
      </div>
      <div className={css.divider}>
        <Splitter
          label="Width of the tree"
          value={width}
          min={MIN_SIDE}
          max={max}
          onChange={setDragged}
          onReset={() => setDragged(undefined)}
        />
      </div>
      <div className={css.right}>
        <div className={css.memory}>
          <Boundary name="Memory per instance">
            <MemoryPanel />
          </Boundary>
        </div>
        <div className={css.counts}>
          <Boundary name="Counts">
            <CountsPanel />
          </Boundary>
        </div>
        <div className={css.log}>
          <Boundary name="Log">
            <LogPanel />
          </Boundary>
        </div>
      </div>
    </div>
  );
}
