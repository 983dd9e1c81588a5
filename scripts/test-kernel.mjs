// Vitest's global setup: the tests import the compiled kernels, so they must be there and no older than their sources.
import { globSync, statSync } from 'node:fs';
import { buildKernel, kernels } from './kernel.mjs';

export default function setup() {
  for (const kernel of kernels) {
    const built = statSync(kernel.file, { throwIfNoEntry: false });
    const changedAt = Math.max(...globSync(kernel.sources).map((file) => statSync(file).mtimeMs));
    if (!built || built.mtimeMs < changedAt) buildKernel(kernel);
  }
}
