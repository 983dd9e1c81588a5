import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { ClientProvider } from '../data/client.tsx';
import { App } from './App.tsx';
import type { Connection } from './connection.ts';
import css from './Connected.module.css';

/** The app over its connection. A lost one is said above what was on screen; nothing of it is thrown away. */
export function Connected({ connection }: { connection: Connection }) {
  const { call, number, lost } = useSyncExternalStore(connection.subscribe, connection.state);
  return (
    <div className={css.page}>
      {lost !== null && (
        <div className={css.lost} role="alert">
          <IconPlugConnectedX size={16} aria-hidden />
          <span>{lost} What is on screen stays, but nothing new can be asked for.</span>
          <Button variant="default" size="xs" onClick={connection.reconnect}>
            Reconnect
          </Button>
        </div>
      )}
      <ClientProvider key={number} call={call}>
        <App onGrant={connection.onGrant} />
      </ClientProvider>
    </div>
  );
}
