import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { alias } from './vite.shared.ts';

const common = { resolve: { alias }, assetsInclude: ['**/*.wasm'] };

export default defineConfig({
  ...common,
  test: {
    // All cores: Vitest keeps one for a watcher, which on two cores is half the machine.
    maxWorkers: '100%',
    // A busy machine is no failure: nothing here is timed.
    projects: [
      {
        ...common,
        test: {
          name: 'node',
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          include: ['{shared,electron,bench,scripts}/**/*.test.ts'],
          globalSetup: ['scripts/test-kernel.mjs'],
        },
      },
      {
        ...common,
        plugins: [react()],
        test: {
          name: 'page',
          environment: 'happy-dom',
          testTimeout: 60_000,
          include: ['renderer/**/*.test.{ts,tsx}'],
          setupFiles: ['renderer/test-setup.ts'],
        },
      },
    ],
  },
});
