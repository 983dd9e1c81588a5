import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Recipe } from '#shared/model/recipe.ts';
import type { TargetInfo, TargetOption } from '#shared/model/target.ts';
import { toHash } from '../../state/hash.ts';
import { initialView } from '../../state/view-state.ts';
import { fakeHandlers } from '../../testing/fake-engine.ts';
import { madePlan, madeTargets } from '../../testing/made-export.ts';
import { withMadePanels } from '../../testing/made-handlers.ts';
import { giveLayout, showPanel } from '../../testing/show-panel.tsx';
import { ExportLens } from './ExportLens.tsx';
import { ExportSessionProvider } from './export-session.tsx';
import { PairMenu } from './PairMenu.tsx';

beforeAll(giveLayout);
beforeEach(() => {
  const target = { ...initialView.export, target: 'openrlhf/dpo', step: 'sampling' as const };
  window.history.replaceState(null, '', `/${toHash({ ...initialView, export: target })}`);
});

/** The reader's menu, and the lens that writes. */
function Mounted({ say }: { say: (text: string) => void }) {
  const [row, setRow] = useState(0);
  return (
    <ExportSessionProvider>
      {[0, 1, 2].map((each) => (
        <button key={each} type="button" onClick={() => setRow(each)}>
          Read {each}
        </button>
      ))}
      <PairMenu row={row} say={say} />
      <ExportLens onRead={() => undefined} onClose={() => undefined} />
    </ExportSessionProvider>
  );
}

const pairs: TargetOption = {
  key: 'pairs',
  step: 'sampling',
  title: 'Pairs',
  help: '',
  kind: 'choice',
  choices: [{ value: 'best-worst', title: 'Best and worst' }],
  default: 'best-worst',
};
const targets = madeTargets
  .slice(0, 1)
  .map((made): TargetInfo => ({ ...made, target: 'openrlhf/dpo', cells: [{ column: 'dpo' }], options: [pairs] }));

const keyOf = (row: number) => ({ hash: String(row).repeat(64), task: row === 2 ? '8' : '7', rollout: row });

async function show(): Promise<{ said: string[]; recipes: Recipe[] }> {
  const [said, recipes]: [string[], Recipe[]] = [[], []];
  await showPanel(<Mounted say={(text) => said.push(text)} />, {
    ...withMadePanels(fakeHandlers()),
    'export.targets': async () => ({ targets: [...targets] }),
    'rollout.key': async ({ row }) => ({ key: keyOf(row) }),
    'export.plan': async ({ recipe }) => {
      recipes.push(recipe);
      return madePlan;
    },
  });
  await screen.findByText('rollouts in the file');
  return { said, recipes };
}

async function take(row: number, item: string): Promise<void> {
  await userEvent.click(screen.getByRole('button', { name: `Read ${row}` }));
  await userEvent.click(screen.getByRole('button', { name: 'Preference pair' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: item }));
}

test('two rollouts of a task become a pair of the export, and are taken out again', async () => {
  const { said, recipes } = await show();
  await take(0, 'Take it as the rejected one of a pair');
  await waitFor(() => expect(said.at(-1)).toBe('Rollout 0 is rejected. Now read the chosen one of the same task, and take it.'));
  await take(1, 'Pair it as the chosen one');
  await waitFor(() => expect(said.at(-1)).toBe('Paired: task 7, rollout 1 over rollout 0.'));
  await waitFor(() => expect(recipes.at(-1)?.pairs).toEqual([{ chosen: keyOf(1), rejected: keyOf(0) }]));

  const list = screen.getByRole('region', { name: 'Pairs chosen by hand' });
  expect(within(list).getByText('1 pair chosen by hand')).toBeTruthy();
  await userEvent.click(within(list).getByRole('button', { name: /^Take out the pair of task 7/ }));
  await waitFor(() => expect(recipes.at(-1)?.pairs).toBeUndefined());
});

test('a rollout of another task is refused, and the first one waits on', async () => {
  const { said, recipes } = await show();
  await take(0, 'Take it as the chosen one of a pair');
  await waitFor(() => expect(said).toHaveLength(1));
  await take(2, 'Pair it as the rejected one');
  await waitFor(() => expect(said.at(-1)).toBe('Rollout 2 is of another task than the chosen one.'));
  await take(1, 'Pair it as the rejected one');
  await waitFor(() => expect(recipes.at(-1)?.pairs).toEqual([{ chosen: keyOf(0), rejected: keyOf(1) }]));
});
