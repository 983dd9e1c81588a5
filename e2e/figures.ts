import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { grid, thousands } from './sample-page.ts';

/** What stands under a name in a list of figures. */
export function figureOf(scope: Locator, name: string): Locator {
  return scope
    .locator('dl > div')
    .filter({ has: scope.page().locator('dt', { hasText: new RegExp(`^${name}$`) }) })
    .locator('dd');
}

/** Linear between the two values beside it, as NumPy has it. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [low = Number.NaN, high = low] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

/** What a table of counts says, by its first column. */
export async function countsIn(table: Locator): Promise<(readonly [string, string])[]> {
  return await table
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [row.children[0]?.textContent ?? '', row.children[1]?.textContent ?? ''] as const));
}

const units: Readonly<Record<string, string>> = { k: 'e3', M: 'e6', B: 'e9', T: 'e12' };

/** A number as the page writes it. */
export function numberIn(text: string): number {
  return Number(
    text
      .replaceAll('−', '-')
      .replaceAll(',', '')
      .replace(/[kMBT]$/, (unit) => units[unit] ?? ''),
  );
}

/** Each bin holds what lies in it, and no number is in none; what is no number stands below, by kind. Edges must be round ones. */
export async function expectBins(
  table: Locator,
  values: readonly number[],
  others: Readonly<Record<string, number>>,
  leastBins = 5,
): Promise<void> {
  await expect(async () => {
    const rows = await countsIn(table);
    const bins = rows.filter(([label]) => label.includes(' to '));
    const expected = bins.map(([label], index): readonly [string, string] => {
      const [low = Number.NaN, high = Number.NaN] = label.split(' to ').map(numberIn);
      const isLast = index === bins.length - 1;
      return [label, thousands(values.filter((value) => value >= low && (value < high || (isLast && value === high))).length)];
    });
    const rest = Object.entries(others).map(([label, number]): readonly [string, string] => [label, thousands(number)]);
    expect(rows).toEqual([...expected, ...rest]);
    expect(bins.reduce((total, [, shown]) => total + numberIn(shown), 0)).toBe(values.length);
    expect(bins.length).toBeGreaterThanOrEqual(leastBins);
  }).toPass({ timeout: 10_000 });
}

/** How many values of a column are of each kind that is no number. */
export function othersOf(values: readonly unknown[]): Record<string, number> {
  const [nulls, missing] = [null, undefined].map((kind) => values.filter((value) => value === kind).length);
  return { null: nulls ?? 0, missing: missing ?? 0, 'no number': values.length - numbersOf(values).length - (nulls ?? 0) - (missing ?? 0) };
}

/** Those of a column that charts are of: true is one, false none. */
export function numbersOf(values: readonly unknown[]): number[] {
  return values.flatMap((value) => (typeof value === 'number' || typeof value === 'boolean' ? [Number(value)] : []));
}

/** Mean, percentiles and bins of the metric in the rail are those of the values of its column. */
export async function expectRail(page: Page, metric: string, column: readonly unknown[], leastBins = 1): Promise<void> {
  const rail = page.getByRole('complementary', { name: 'Distribution' });
  const values = numbersOf(column);
  // The sum may be larger than any number.
  const figures: Record<string, number> = { mean: values.reduce((sum, value) => sum + value / values.length, 0) };
  for (const percent of [5, 25, 50, 75, 95]) figures[`p${percent}`] = quantile(values, percent / 100);
  for (const [name, figure] of Object.entries(figures)) {
    const cell = figureOf(rail, name);
    const near = (shown: number, share: number): boolean => Math.abs(shown - figure) <= share * Math.max(0.1, Math.abs(figure));
    await expect.poll(async () => near(Number(await cell.getAttribute('title')), 1e-9), `${name} of ${metric} is ${figure}`).toBe(true);
    expect(near(numberIn(await cell.innerText()), 0.06), `${name} of ${metric} is written as ${figure}`).toBe(true);
  }
  await expectBins(rail.getByRole('table', { name: `Rollouts by ${metric}` }), values, othersOf(column), leastBins);
}

/** The chart of a head in numbers, opened from its menu. */
export async function headInNumbers(page: Page, column: string): Promise<Locator> {
  const head = grid(page).getByRole('columnheader', { name: new RegExp(`^${column}( |$)`) });
  await head.hover();
  await head.getByRole('button', { name: `Menu of ${column}`, exact: true }).click();
  await page.getByRole('menuitem', { name: 'Chart in numbers' }).click();
  return page.getByRole('dialog', { name: `${column} in numbers` }).getByRole('table');
}
