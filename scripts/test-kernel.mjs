// Vitest's global setup: the tests import the compiled kernel, so it must be there and no older than its sources.
import { globSync, statSync } from 'node:fs';
import { buildKernel, kernelFile, kernelSources } from './kernel.mjs';

export default function setup() {
  const built = statSync(kernelFile, { throwIfNoEntry: false });
  const changedAt = Math.max(...globSync(kernelSources).map((file) => statSync(file).mtimeMs));
  if (!built || built.mtimeMs < changedAt) buildKernel();
}
