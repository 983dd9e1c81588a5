import './zod-jitless.ts';
import './styles.ts';
import { createRoot } from 'react-dom/client';
import { Connected } from './Connected.tsx';
import { Connection } from './connection.ts';
import { Page } from './Page.tsx';

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no #root');
createRoot(root).render(
  <Page>
    <Connected connection={new Connection()} />
  </Page>,
);
