import '../app/zod-jitless.ts';
import '../app/styles.ts';
import { createRoot } from 'react-dom/client';
import { App } from '../app/App.tsx';
import { Page } from '../app/Page.tsx';
import { ClientProvider } from '../data/client.tsx';
import { fakeCall, fakeHandlers } from './fake-engine.ts';
import { withMadePanels } from './made-handlers.ts';
import { makeRows } from './rows.ts';

// The page on made-up rows: `npx vite --config vite.renderer.config.ts`, then /testing/?rows=4000&open&step=200&shell=browser
const wish = new URLSearchParams(window.location.search);
const step = wish.get('step');
const handlers = fakeHandlers({
  rows: makeRows(Number(wish.get('rows') ?? 4000)),
  shell: wish.get('shell') === 'browser' ? 'browser' : 'desktop',
  open: wish.has('open'),
  ...(step === null ? {} : { rowsPerStep: Number(step) }),
});
const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no #root');
createRoot(root).render(
  <Page>
    <ClientProvider call={fakeCall(withMadePanels(handlers))}>
      <App />
    </ClientProvider>
  </Page>,
);
