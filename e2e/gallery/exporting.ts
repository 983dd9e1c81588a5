import { expect, type Locator, type Page } from '@playwright/test';
import type { Scene } from './scene.ts';

const lensOf = (page: Page): Locator => page.getByRole('region', { name: 'Export' });

/** Opens a step of the export with a target chosen, and waits for its counts. */
async function at(page: Page, step: string, target = 'trl/sft'): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
  await goTo(page, 'Target');
  await lensOf(page).locator(`[data-target="${target}"]`).first().click();
  await goTo(page, step);
  await counted(page);
}

async function goTo(page: Page, step: string): Promise<void> {
  await lensOf(page).getByRole('list', { name: 'Steps' }).getByRole('button', { name: step }).click();
}

const counted = async (page: Page): Promise<void> =>
  await expect(lensOf(page).getByRole('group', { name: 'What is left after each step' })).toHaveAttribute('aria-busy', 'false', {
    timeout: 60_000,
  });

async function setFields(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    await lensOf(page).getByLabel(label).fill(value);
    await lensOf(page).getByLabel(label).press('Enter');
  }
}

async function write(page: Page): Promise<void> {
  await lensOf(page)
    .getByRole('button', { name: /^Export/ })
    .click();
}

const recipe = {
  version: 1,
  filter: ['reward >= 0.5', 'turns < 9'],
  target: 'trl/dpo',
  options: { reasoning: 'drop', pairs: 'all' },
  rules: { exclude: ['response/truncated'], off: ['admission/masked'] },
};

async function take(page: Page, content: object): Promise<void> {
  const file = { name: 'step400.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(content)) };
  await lensOf(page).getByLabel('Recipe file').first().setInputFiles(file);
}

const filter = { filter: ['status = "completed"', 'tokens <= 16384'] };

/** The export, step by step. */
export const exportScenes: readonly Scene[] = [
  { name: '08-rows', open: ['main'], view: { ...filter, exportOnly: ['reward >= 0.5'] }, act: (page) => at(page, 'Rows') },
  { name: '08a-target', open: ['main'], view: filter, act: (page) => at(page, 'Target') },
  { name: '08a-target-pairs', open: ['main'], view: filter, act: (page) => at(page, 'Target', 'nemo-rl/preference') },
  { name: '08-mapping', open: ['main'], view: filter, act: (page) => at(page, 'Mapping') },
  { name: '08-mapping-fields', open: ['main'], act: (page) => at(page, 'Mapping', 'custom/map') },
  { name: '08-sampling', open: ['main'], act: (page) => at(page, 'Sampling') },
  {
    name: '08-sampling-pairs',
    open: ['main'],
    act: async (page) => {
      await at(page, 'Sampling', 'openrlhf/dpo');
      await setFields(page, { 'Smallest difference': '0.5', 'Validation share': '0.7' });
    },
  },
  {
    name: '08b-preview',
    open: ['main'],
    view: filter,
    act: async (page) => {
      await at(page, 'Sampling');
      await setFields(page, { 'Best of each task': '2', 'Validation share': '0.05' });
      await goTo(page, 'Preview');
      await lensOf(page)
        .getByText(/^example 1 of/)
        .waitFor();
      await counted(page);
    },
  },
  { name: '08-nothing', open: ['main'], view: { filter: ['reward >= 100'] }, act: (page) => at(page, 'Preview') },
  { name: '08-run', open: ['main'], view: filter, act: (page) => at(page, 'Run') },
  {
    name: '08-run-done',
    open: ['main'],
    view: filter,
    act: async (page) => {
      await at(page, 'Run');
      await write(page);
      await lensOf(page).getByRole('region', { name: 'Written' }).waitFor({ timeout: 60_000 });
    },
  },
  {
    name: '08-run-exists',
    open: ['main'],
    view: filter,
    act: async (page) => {
      await at(page, 'Run', 'custom/rollouts');
      await write(page);
      await lensOf(page).getByRole('region', { name: 'Written' }).waitFor({ timeout: 60_000 });
      await write(page);
      await lensOf(page)
        .getByRole('button', { name: /^Replace/ })
        .waitFor();
    },
  },
  {
    name: '08-recipe',
    open: ['main'],
    act: async (page) => {
      await at(page, 'Rows');
      await take(page, recipe);
      await lensOf(page)
        .getByText(/^Every choice is as/)
        .waitFor();
      await counted(page);
    },
  },
  {
    name: '08-recipe-refused',
    open: ['main'],
    act: async (page) => {
      await at(page, 'Target');
      await take(page, { ...recipe, filter: ['rewrd >= 0.5'] });
      await lensOf(page).getByRole('alert').first().waitFor();
    },
  },
];
