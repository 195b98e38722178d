import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ensure } from '../base/assert.ts';
import { spawnEngine } from '../client/spawn.ts';
import { browserStorage } from '../client/storage.ts';
import '../ui/fonts.css';
import '../ui/tokens.css';
import '../ui/base.css';
import '../views/marks/marks.css';
import { ViewContextProvider } from '../views/context.ts';
import { App } from './app.tsx';
import { keepForOffline } from './offline.ts';
import { wireApp } from './wire.ts';

const root = ensure(document.getElementById('root'), 'index.html has an element #root');
const context = wireApp(spawnEngine, browserStorage());
createRoot(root).render(
  <StrictMode>
    <ViewContextProvider value={context}>
      <App />
    </ViewContextProvider>
  </StrictMode>,
);
keepForOffline();
