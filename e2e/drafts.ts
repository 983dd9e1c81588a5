import type { Page } from '@playwright/test';

/** The condition of the draft, as its chip names it: the address of a drag is written a moment later. */
export async function draftOf(page: Page): Promise<string> {
  const named = await page.getByRole('button', { name: /^Discard the draft / }).getAttribute('aria-label');
  return (named ?? '').replace('Discard the draft ', '');
}
