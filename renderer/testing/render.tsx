import { MantineProvider } from '@mantine/core';
import { render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';
import { theme } from '../app/theme.ts';
import { ClientProvider, type Call } from '../data/client.tsx';
import { DatasetProvider } from '../data/dataset-context.tsx';
import { FocusProvider } from '../data/focus-context.tsx';
import { ProblemsProvider } from '../data/problems-context.tsx';
import { SettingsProvider } from '../data/use-settings.tsx';
import { ViewProvider } from '../state/use-view.tsx';
import { fakeCall, fakeHandlers, type FakeOptions } from './fake-engine.ts';

/** A call that also notes what was asked. */
export function notedCall(options: FakeOptions = {}): { call: Call; asked: string[] } {
  const inner = fakeCall(fakeHandlers(options));
  const asked: string[] = [];
  const call: Call = (method, input, callOptions) => {
    asked.push(`${method} ${JSON.stringify(input)}`);
    return inner(method, input, callOptions);
  };
  return { call, asked };
}

/** Renders a part of the page on a dataset of made-up rows, with all that it stands in. */
export async function renderOnDataset(
  children: ReactNode,
  options: FakeOptions & { hash?: string } = {},
): Promise<RenderResult & { asked: string[] }> {
  window.history.replaceState(null, '', `/${options.hash ?? ''}`);
  const { call, asked } = notedCall(options);
  const state = await call('dataset.open', { grants: ['g1'] });
  const result = render(
    <MantineProvider env="test" theme={theme}>
      <ClientProvider call={call}>
        <SettingsProvider>
          <ViewProvider>
            <DatasetProvider state={state}>
              <ProblemsProvider>
                <FocusProvider>{children}</FocusProvider>
              </ProblemsProvider>
            </DatasetProvider>
          </ViewProvider>
        </SettingsProvider>
      </ClientProvider>
    </MantineProvider>,
  );
  return { ...result, asked };
}
