import { defineConfig } from '@playwright/test';

const ci = process.env['CI'] !== undefined && process.env['CI'] !== '';
const report = process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'];

/** Both projects run the same scenario: `browser` on `serve` and Chromium, `desktop` on Electron. See e2e/README.md. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  forbidOnly: ci,
  fullyParallel: true,
  // Pages, servers and windows wait for each other: on two cores a third test has room, and one of the three is the desktop's.
  workers: 3,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ...(report === undefined ? [] : [['json', { outputFile: report }] as const])],
  use: { trace: 'off' },
  // Those of the desktop first: one worker takes them, and the others have something to do meanwhile.
  projects: [
    {
      name: 'desktop',
      workers: 1,
      timeout: 120_000,
      testMatch: [
        'scenario.spec.ts',
        'thresholds.spec.ts',
        'figures.spec.ts',
        'table.spec.ts',
        'workspace.spec.ts',
        'review.spec.ts',
        'groups.spec.ts',
        'keyboard.spec.ts',
        'export-trouble.spec.ts',
        'tasks/*.spec.ts',
        'page-policy.spec.ts',
        'desktop-*.spec.ts',
      ],
    },
    { name: 'browser', testIgnore: 'desktop-*.spec.ts' },
  ],
});
