import './zod-jitless.ts';
import './styles.ts';
import { createRoot } from 'react-dom/client';
import { Connected } from './Connected.tsx';
import { Connection } from './connection.ts';
import { Page } from './Page.tsx';

// From the first key on, lists that hold the keys show it.
addEventListener('keydown', () => document.documentElement.setAttribute('data-keys-used', ''), { once: true, capture: true });

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no #root');
createRoot(root).render(
  <Page>
    <Connected connection={new Connection()} />
  </Page>,
);
