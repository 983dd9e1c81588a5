import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Recipe } from '#shared/model/recipe.ts';
import { AppError } from '#shared/errors.ts';
import { toHash } from '../../state/hash.ts';
import { initialView } from '../../state/view-state.ts';
import { fakeHandlers } from '../../testing/fake-engine.ts';
import { madeManifest, madePlan } from '../../testing/made-export.ts';
import { withMadePanels } from '../../testing/made-handlers.ts';
import { giveLayout, showPanel, type FakeHandlers } from '../../testing/show-panel.tsx';
import { ExportLens } from './ExportLens.tsx';
import { ExportSessionProvider } from './export-session.tsx';

beforeAll(giveLayout);
beforeEach(() => window.history.replaceState(null, '', `/${toHash({ ...initialView, filter: ['reward >= 0.5'] })}`));

/** The lens as the page mounts it: its session outlives it. */
function Mounted() {
  const [open, setOpen] = useState(true);
  return (
    <ExportSessionProvider>
      {open ? (
        <ExportLens onRead={() => undefined} onClose={() => setOpen(false)} />
      ) : (
        <button type="button" onClick={() => setOpen(true)}>
          Export again
        </button>
      )}
    </ExportSessionProvider>
  );
}

async function show(handlers: FakeHandlers = {}): Promise<void> {
  await showPanel(<Mounted />, { ...withMadePanels(fakeHandlers()), 'export.plan': async () => madePlan, ...handlers });
  await screen.findByText('rollouts in the file');
}

async function goTo(step: string): Promise<void> {
  await userEvent.click(within(screen.getByRole('list', { name: 'Steps' })).getByRole('button', { name: new RegExp(step) }));
}

function currentStep(): string | null {
  return within(screen.getByRole('list', { name: 'Steps' })).getByRole('button', { current: 'step' }).textContent;
}

test('steps by keyboard: Ctrl+Enter goes on, arrows walk the steps, each says its choice', async () => {
  await show();
  expect(currentStep()).toBe('1Rows2,600 in the filter');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(currentStep()).toBe('2TargetTRL, SFT');
  within(screen.getByRole('list', { name: 'Steps' }))
    .getByRole('button', { current: 'step' })
    .focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(currentStep()).toBe('3Mappingdefault');
  await userEvent.click(screen.getByRole('radio', { name: 'Drop' }));
  expect(currentStep()).toBe('3Mappingreasoning: drop');
  await userEvent.click(screen.getByRole('button', { name: 'Back to inline' }));
  expect(currentStep()).toBe('3Mappingdefault');
});

test('the grid shows what does not exist, and arrows go on to what does', async () => {
  const recipes: Recipe[] = [];
  await show({
    'export.plan': async ({ recipe }) => {
      recipes.push(recipe);
      return madePlan;
    },
  });
  await goTo('Target');
  expect(screen.getByRole('gridcell', { name: 'TRL has no KTO' })).toBeTruthy();
  screen.getByRole('gridcell', { name: /^TRL SFT/ }).focus();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await waitFor(() => expect(recipes.at(-1)).toMatchObject({ target: 'nemo-rl/sft', filter: ['reward >= 0.5'] }));
  expect(screen.getByRole('gridcell', { selected: true }).textContent).toContain('openai_format');
});

test('every cell counts what it gives at most, in one request; the chosen one has its number, and how much is long', async () => {
  const asked: Recipe[][] = [];
  await show({
    'export.most': async ({ recipes }) => {
      asked.push(recipes);
      return { most: recipes.map(({ target }) => (target === 'custom/map' ? null : 2600)) };
    },
  });
  await goTo('Target');
  const cell = await screen.findByRole('gridcell', { name: 'NeMo-RL SFT: ≤ 2,600, openai_format · jsonl' });
  expect(cell.textContent).toContain('≤ 2,600');
  expect(screen.getByRole('gridcell', { selected: true, name: 'TRL SFT: 1,000, 61% over 1,024, messages · parquet' })).toBeTruthy();
  expect(screen.getByRole('gridcell', { name: /^Custom SFT: not countable, / })).toBeTruthy();
  expect(asked).toHaveLength(1);
  expect(asked[0]?.map(({ target, filter }) => [target, ...filter])).toContainEqual(['custom/rollouts', 'reward >= 0.5']);
});

test('a number that does not do says why and stays out of the recipe', async () => {
  await show();
  await goTo('Sampling');
  const best = screen.getByLabelText('Best of each task');
  await userEvent.clear(best);
  await userEvent.type(best, '1.5{Enter}');
  expect(screen.getByText('Type a whole number.')).toBeTruthy();
  expect(currentStep()).toBe('4Samplingdefault');
  await userEvent.clear(best);
  await userEvent.type(best, '2{Enter}');
  expect(currentStep()).toBe('4Samplingbest of each task: 2');
});

test('own fields: a field counts once it has a name and a path', async () => {
  await show();
  await goTo('Target');
  await userEvent.click(screen.getByRole('gridcell', { name: /^Custom SFT/ }));
  await goTo('Mapping');
  await userEvent.click(screen.getByRole('button', { name: 'Add a field' }));
  await userEvent.type(screen.getByLabelText('Name of field 3'), 'reward');
  await userEvent.type(screen.getByLabelText('Path of field 3'), 'metadata.level{Enter}');
  expect(screen.getByText('This name is taken.')).toBeTruthy();
  expect(currentStep()).toBe('3Mappingdefault');
  await userEvent.type(screen.getByLabelText('Name of field 3'), '2');
  expect(currentStep()).toBe('3Mappingfields: 3 fields');
});

test('the preview names every reason with its count, and j and k go through the examples', async () => {
  await show();
  await goTo('Preview');
  await screen.findByText('Left out: 3,000 of 4,000, each for one reason');
  await screen.findByText(/example 1 of 1,000/);
  screen.getByRole('region', { name: 'Export' }).focus();
  await userEvent.keyboard('jj');
  await screen.findByText(/example 3 of 1,000/);
  await userEvent.keyboard('k');
  await screen.findByText(/example 2 of 1,000/);
});

test('leaving the lens loses nothing, and a run goes on without it', async () => {
  let finish: () => void = () => undefined;
  await show({
    'export.run': async ({ recipe }) => {
      await new Promise<void>((resolve) => (finish = resolve));
      return madeManifest(recipe);
    },
  });
  await goTo('Run');
  await userEvent.click(await screen.findByRole('button', { name: /^Export/ }));
  await screen.findByRole('button', { name: 'Cancel' });
  screen.getByRole('region', { name: 'Export' }).focus();
  await userEvent.keyboard('{Escape}');
  finish();
  await userEvent.click(await screen.findByRole('button', { name: 'Export again' }));
  await screen.findByText('1,000 examples written to runs/made_rollouts-trl-sft');
  expect(screen.getByText('trl sft --config sft.yaml')).toBeTruthy();
});

test('a folder that is not empty is refused beside its name, with two ways out', async () => {
  const run = vi.fn(async ({ recipe, name, overwrite }: { recipe: Recipe; name: string; overwrite: boolean }) => {
    if (name === 'runs' && !overwrite) throw new AppError('exists', 'The folder runs is not empty.');
    return madeManifest(recipe);
  });
  await show({ 'export.run': run });
  await goTo('Run');
  const name = await screen.findByLabelText('New folder');
  await userEvent.clear(name);
  await userEvent.type(name, 'a/b');
  expect(screen.getByText('A name, not a path: no slashes.')).toBeTruthy();
  await userEvent.clear(name);
  await userEvent.type(name, 'runs');
  await userEvent.click(screen.getByRole('button', { name: /^Export/ }));
  await screen.findByText('The folder runs is not empty.');
  expect(screen.getByRole('button', { name: 'Write to runs-2' })).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Replace the earlier export' }));
  await screen.findByText('1,000 examples written to runs/runs');
  expect(run.mock.calls.map(([input]) => input.overwrite)).toEqual([false, true]);
});

test('cancelling leaves everything as it was, without a message', async () => {
  await show({
    'export.run': (_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new AppError('cancelled', 'Cancelled.')))),
  });
  await goTo('Run');
  await userEvent.click(await screen.findByRole('button', { name: /^Export/ }));
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull());
  expect(screen.queryByRole('alert')).toBeNull();
});

function recipeFile(name: string, recipe: object): File {
  return new File([JSON.stringify(recipe)], name, { type: 'application/json' });
}

test('a recipe fills every step, and what no step has a control for goes into the export', async () => {
  const recipes: Recipe[] = [];
  await show({
    'export.plan': async ({ recipe }) => {
      recipes.push(recipe);
      return madePlan;
    },
  });
  const rules = { exclude: ['response/truncated'] };
  const recipe = { version: 1, filter: ['turns < 9'], target: 'nemo-rl/sft', options: { reasoning: 'drop', best: 2 }, rules };
  await userEvent.upload(screen.getByLabelText('Recipe file'), recipeFile('step400.json', recipe));
  await screen.findByText(/^Every choice is as step400.json has it: 1 condition in the filter bar, NeMo-RL SFT, 2 options/);
  await waitFor(() => expect(recipes.at(-1)).toEqual(recipe));
  await userEvent.click(screen.getByRole('button', { name: 'Put away' }));
  await userEvent.click(screen.getByRole('button', { name: /^Take this out of the recipe/ }));
  await waitFor(() => expect(recipes.at(-1)).not.toHaveProperty('rules'));
  await goTo('Sampling');
  expect(screen.getByLabelText<HTMLInputElement>('Best of each task').value).toBe('2');
});

test('a file that is no recipe changes nothing and says where it is wrong', async () => {
  await show();
  await goTo('Target');
  await userEvent.upload(screen.getByLabelText('Recipe file'), recipeFile('step400.json', { version: 1, filters: [] }));
  const told = await screen.findByRole('alert');
  expect(told.textContent).toBe(
    'step400.json was not taken as a recipe, and nothing has changed: there is no key "filters". Did you mean "filter"?',
  );
  expect(screen.getByRole('button', { name: 'Another recipe' })).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Put away' }));
  expect(screen.queryByRole('alert')).toBeNull();
  expect(currentStep()).toBe('2TargetTRL, SFT');
});

test('an expression that is wrong is told beside its option, and from other steps one gets there', async () => {
  await show({
    'export.plan': async ({ recipe }) => {
      if (recipe.target === 'custom/map') throw new AppError('bad-input', 'fields: round(reward: a ) is missing.');
      return madePlan;
    },
  });
  await goTo('Target');
  await userEvent.click(screen.getByRole('gridcell', { name: /^Custom SFT/ }));
  expect((await screen.findByRole('alert')).textContent).toContain('Fields: Round(reward: a ) is missing.');
  await userEvent.click(screen.getByRole('button', { name: 'Go to mapping' }));
  expect(currentStep()).toMatch(/^3Mapping/);
  expect(screen.getAllByText(/Round\(reward: a \) is missing\./)).toHaveLength(2);
  expect(screen.queryByRole('button', { name: 'Go to mapping' })).toBeNull();
});

test('nothing left to write: no export, and the way to the reasons', async () => {
  await show({ 'export.plan': async () => ({ ...madePlan, rowsWritten: 0, rolloutsUsed: 0 }) });
  await goTo('Run');
  await screen.findByText('No example is left to write.');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Export/ }).disabled).toBe(true);
  await userEvent.click(screen.getByRole('button', { name: 'See what takes them out' }));
  expect(currentStep()).toMatch(/^5Preview/);
});

test('a folder that cannot be written is told, with another try; another name takes the message away', async () => {
  await show({
    'export.run': async () => {
      throw new AppError('unwritable', 'The folder runs cannot be written: you may not write there. Choose another folder.');
    },
  });
  await goTo('Run');
  await userEvent.click(await screen.findByRole('button', { name: /^Export/ }));
  expect((await screen.findByRole('alert')).textContent).toContain('you may not write there');
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  await userEvent.type(screen.getByLabelText('New folder'), '2');
  expect(screen.queryByRole('alert')).toBeNull();
});

test('files that no export wrote are not replaced: another name is what is left', async () => {
  await show({
    'export.run': async ({ overwrite }) => {
      throw new AppError('exists', overwrite ? 'It holds a train.parquet that no export of ours wrote.' : 'The folder runs is not empty.');
    },
  });
  await goTo('Run');
  await userEvent.click(await screen.findByRole('button', { name: /^Export/ }));
  await userEvent.click(await screen.findByRole('button', { name: 'Replace the earlier export' }));
  await screen.findByText('It holds a train.parquet that no export of ours wrote.');
  expect(screen.queryByRole('button', { name: 'Replace the earlier export' })).toBeNull();
  expect(screen.getByRole('button', { name: /^Write to / })).toBeTruthy();
});

test('counting can be stopped: the counts before stay, dimmed, and it goes on when it is asked to', async () => {
  const signals: AbortSignal[] = [];
  let isSlow = false;
  await show({
    'export.plan': async (_, { signal, progress }) => {
      if (!isSlow) return madePlan;
      signals.push(signal);
      progress({ phase: 'plan', done: 1000, total: 4000, bytesWritten: 0, elapsedMs: 400 });
      return await new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('given up'))));
    },
  });
  isSlow = true;
  await goTo('Mapping');
  await userEvent.click(screen.getByRole('radio', { name: 'Drop' }));
  await screen.findByText('Counting, 1,000 of 4,000');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await screen.findByText('Not counted');
  expect(signals).toHaveLength(1);
  expect(signals[0]?.aborted).toBe(true);
  expect(screen.getByText('rollouts in the file')).toBeTruthy();
  await goTo('Run');
  expect(screen.getByRole('heading', { name: 'Write for TRL SFT' })).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Export/ }).disabled).toBe(false);
  isSlow = false;
  await userEvent.click(screen.getByRole('button', { name: 'Count' }));
  await waitFor(() => expect(screen.queryByText('Not counted')).toBeNull());
  expect(screen.getByRole('heading', { name: `Write ${madePlan.rowsWritten.toLocaleString('en-US')} examples for TRL SFT` })).toBeTruthy();
});

test('what is written is not written once more by the same button: what comes next is first, and another choice may replace it', async () => {
  const run = vi.fn(async ({ recipe }: { recipe: Recipe; name: string; overwrite: boolean }) => madeManifest(recipe));
  await show({ 'export.run': run });
  await goTo('Run');
  await userEvent.click(await screen.findByRole('button', { name: /^Export/ }));
  const written = await screen.findByRole('region', { name: 'Written' });
  const isFirst = (element: HTMLElement): boolean => element.dataset['variant'] === 'filled';
  expect(isFirst(within(written).getByRole('button', { name: 'Copy the command' }))).toBe(true);
  const again = screen.getByRole('button', { name: 'Export again, to made_rollouts-trl-sft-2' });
  expect(isFirst(again)).toBe(false);
  // The key of the next step writes nothing twice.
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(run).toHaveBeenCalledTimes(1);

  await goTo('Mapping');
  await userEvent.click(screen.getByRole('radio', { name: 'Drop' }));
  await goTo('Run');
  expect(isFirst(screen.getByRole('button', { name: 'Write to made_rollouts-trl-sft-2' }))).toBe(true);
  expect(isFirst(screen.getByRole('button', { name: 'Copy the command' }))).toBe(false);
  await userEvent.click(screen.getByRole('button', { name: 'Replace the earlier export' }));
  await waitFor(() =>
    expect(run.mock.calls.map(([{ name, overwrite }]) => [name, overwrite])).toEqual([
      ['made_rollouts-trl-sft', false],
      ['made_rollouts-trl-sft', true],
    ]),
  );
});

test('with nothing left the preview leads to what takes it out, and there is no way on', async () => {
  await show({
    'export.plan': async () => ({
      ...madePlan,
      filteredOut: [{ condition: 'reward >= 0.5', count: 4000 }],
      rowsSelected: 0,
      rolloutsUsed: 0,
      rowsWritten: 0,
      excluded: [],
    }),
    'export.preview': async () => null,
    'export.trained': async () => null,
  });
  await goTo('Preview');
  await screen.findByText('No example is left to write.');
  const next = screen.getByRole<HTMLButtonElement>('button', { name: /^Run.*(Enter|↵)/ });
  expect([next.disabled, document.getElementById(next.getAttribute('aria-describedby') ?? '')?.textContent]).toEqual([
    true,
    'No example is left',
  ]);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(currentStep()).toMatch(/^5Preview/);
  await userEvent.click(screen.getByRole('button', { name: 'Change the rows' }));
  expect(currentStep()).toMatch(/^1Rows/);
});

test('what the filter takes out opens like any other reason, and a rollout of it can be read', async () => {
  await show();
  await goTo('Preview');
  const reason = await screen.findByText('reward below 0.5, or none');
  expect(screen.queryByRole('button', { name: /^line / })).toBeNull();
  await userEvent.click(reason);
  expect((await screen.findAllByRole('button', { name: /^line [\d,]+ of / })).length).toBe(5);
});
