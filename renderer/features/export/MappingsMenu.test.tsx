import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Recipe } from '#shared/model/recipe.ts';
import { toHash } from '../../state/hash.ts';
import { initialView } from '../../state/view-state.ts';
import { fakeHandlers } from '../../testing/fake-engine.ts';
import { madePlan } from '../../testing/made-export.ts';
import { withMadePanels } from '../../testing/made-handlers.ts';
import { giveLayout, showPanel } from '../../testing/show-panel.tsx';
import { SettingsProvider } from '../../data/use-settings.tsx';
import { ExportLens } from './ExportLens.tsx';
import { ExportSessionProvider } from './export-session.tsx';

beforeAll(giveLayout);
beforeEach(() => {
  const options = { fields: { prompt: 'prompt', answer: 'text' } };
  const chosen = { ...initialView.export, target: 'custom/map', step: 'mapping' as const, options };
  window.history.replaceState(null, '', `/${toHash({ ...initialView, export: chosen })}`);
});

test('a mapping is kept by a name, seen to be in force, and used again after others', async () => {
  const recipes: Recipe[] = [];
  await showPanel(
    <SettingsProvider>
      <ExportSessionProvider>
        <ExportLens onRead={() => undefined} onClose={() => undefined} />
      </ExportSessionProvider>
    </SettingsProvider>,
    {
      ...withMadePanels(fakeHandlers()),
      'export.plan': async ({ recipe }) => {
        recipes.push(recipe);
        return madePlan;
      },
    },
  );
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Mappings' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name of this mapping' }), 'short{Enter}');
  await screen.findByRole('button', { name: 'short' });

  await user.click(screen.getByRole('button', { name: 'Remove answer' }));
  await waitFor(() => expect(recipes.at(-1)?.options).toEqual({ fields: { prompt: 'prompt' } }));
  await user.click(screen.getByRole('button', { name: 'Mappings' }));
  await user.click(within(await screen.findByRole('list', { name: 'Saved mappings' })).getByRole('button', { name: /^short/ }));
  await waitFor(() => expect(recipes.at(-1)?.options).toEqual({ fields: { prompt: 'prompt', answer: 'text' } }));
  expect(screen.getByRole('button', { name: 'short' })).toBeTruthy();
});

test('beside the mapping stands an example as it is written', async () => {
  await showPanel(
    <ExportSessionProvider>
      <ExportLens onRead={() => undefined} onClose={() => undefined} />
    </ExportSessionProvider>,
    withMadePanels(fakeHandlers()),
  );
  await screen.findByText(/^example 1 of/);
  await userEvent.click(screen.getByRole('radio', { name: 'As written' }));
  await screen.findByRole('region', { name: 'Example as written' });
});
