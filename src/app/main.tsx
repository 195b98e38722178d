import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ensure } from '../base/assert.ts';

const root = ensure(document.getElementById('root'), 'index.html has an element #root');
createRoot(root).render(
  <StrictMode>
    <main>
      <h1>eventfs explorer</h1>
    </main>
  </StrictMode>,
);
