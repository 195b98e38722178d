/** The Explorer on a phone, and at 200% zoom: one panel at a time. The shell line stands under the log it writes. */
import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { CountsPanel } from '../views/counts/counts-panel.tsx';
import { HoldersPanel } from '../views/holders/holders-panel.tsx';
import { LogPanel } from '../views/log/log-panel.tsx';
import { MemoryPanel } from '../views/memory/memory-panel.tsx';
import { OpenFiles } from '../views/openfiles/open-files.tsx';
import { TreePanel } from '../views/tree/tree-panel.tsx';
import { Boundary } from './boundary.tsx';
import css from './phone.module.css';

function LogAsList() {
  return <LogPanel asList />;
}

const TABS = [
  { id: 'tree', title: 'Tree', panels: [TreePanel, HoldersPanel, OpenFiles] },
  { id: 'counts', title: 'Counts', panels: [CountsPanel] },
  { id: 'memory', title: 'Memory', panels: [MemoryPanel] },
  { id: 'log', title: 'Log', panels: [LogAsList] },
] as const;

export function PhoneExplorer({ shell }: { readonly shell: ReactNode }) {
  return (
    <Tabs.Root className={css.phone} defaultValue={TABS[0].id}>
      <Tabs.List className={css.tabs} aria-label="Panels">
        {TABS.map(({ id, title }) => (
          <Tabs.Trigger key={id} value={id} className={css.tab}>
            {title}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {TABS.map(({ id, title, panels }) => (
        <Tabs.Content key={id} value={id} className={css.content} data-tab={id} tabIndex={-1}>
          {panels.map((View) => (
            <Boundary key={View.name} name={title}>
              <View />
            </Boundary>
          ))}
          {id === 'log' && shell}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
