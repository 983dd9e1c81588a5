import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { expect } from './fixtures.ts';

/** Kinds of axe's rules, all but the one of level AAA: whatever a rule is for, a finding is mended, not excused. */
const kinds = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'experimental'];
const ofColours = ['color-contrast', 'link-in-text-block'];

/** What axe finds on the page as it stands: in light every rule, in dark the ones that colours bear on. */
export async function check(page: Page, screen: string): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    expect.soft(await findings(page, colorScheme === 'dark' ? ofColours : kinds), `${screen}, ${colorScheme}`).toEqual([]);
  }
}

async function findings(page: Page, only: string[]): Promise<string[]> {
  return await page.evaluate(async (runOnly) => {
    const { violations } = await axe.run({ runOnly, resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`));
  }, only);
}
