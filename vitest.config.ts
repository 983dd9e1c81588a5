import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { alias } from './vite.shared.ts';

const common = { resolve: { alias }, assetsInclude: ['**/*.wasm'] };

export default defineConfig({
  ...common,
  test: {
    projects: [
      {
        ...common,
        test: {
          name: 'node',
          environment: 'node',
          include: ['{shared,electron,bench,scripts}/**/*.test.ts'],
          globalSetup: ['scripts/test-kernel.mjs'],
        },
      },
      {
        ...common,
        plugins: [react()],
        test: { name: 'page', environment: 'happy-dom', include: ['renderer/**/*.test.{ts,tsx}'], setupFiles: ['renderer/test-setup.ts'] },
      },
    ],
  },
});
