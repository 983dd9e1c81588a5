import { MantineProvider } from '@mantine/core';
import { render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';
import type { DatasetState } from '#shared/model/dataset.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import { ClientProvider, type PageContract } from '../data/client.tsx';
import { DatasetProvider } from '../data/dataset-context.tsx';
import { FocusProvider } from '../data/focus-context.tsx';
import { ProblemsProvider } from '../data/problems-context.tsx';
import { ViewProvider } from '../state/use-view.tsx';
import { fakeCall, fakeHandlers } from './fake-engine.ts';

/** Answers that stand in for those of the fake engine. */
export type FakeHandlers = Partial<Handlers<PageContract>>;

/** Renders one panel as the page would, over the fake engine with some of its answers replaced. */
export async function showPanel(panel: ReactNode, handlers: FakeHandlers = {}): Promise<RenderResult> {
  const all = { ...fakeHandlers({ open: true }), ...handlers };
  const call = fakeCall(all);
  const state: DatasetState = await call('dataset.open', { grants: ['g1'] });
  return render(
    <MantineProvider env="test">
      <ClientProvider call={call}>
        <ViewProvider>
          <DatasetProvider state={state}>
            <ProblemsProvider>
              <FocusProvider>{panel}</FocusProvider>
            </ProblemsProvider>
          </DatasetProvider>
        </ViewProvider>
      </ClientProvider>
    </MantineProvider>,
  );
}

/** happy-dom has no layout: every element is 1000 px wide and 800 high, every row of a virtual list 40. */
export function giveLayout(): void {
  const height = {
    configurable: true,
    get(this: HTMLElement) {
      return this.dataset['index'] === undefined ? 800 : 40;
    },
  };
  const width = { configurable: true, value: 1000 };
  Object.defineProperties(HTMLElement.prototype, { offsetHeight: height, clientHeight: height, offsetWidth: width, clientWidth: width });
}
