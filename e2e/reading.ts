import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** Opens the first rollout of the list by keyboard; answers the reader. */
export async function readFirstRow(page: Page): Promise<Locator> {
  const grid = page.getByRole('grid', { name: 'Rollouts' });
  await expect(grid.locator('[id=row-0]')).toBeVisible();
  await grid.focus();
  await grid.press('Home');
  await grid.press('Enter');
  return page.getByRole('region', { name: 'Reader' });
}
