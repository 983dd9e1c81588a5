// Vitest's global setup: the tests import the compiled kernel, so it must be there and no older than its source.
import { statSync } from 'node:fs';
import { buildKernel, kernelFile, kernelSource } from './kernel.mjs';

export default function setup() {
  const built = statSync(kernelFile, { throwIfNoEntry: false });
  if (!built || built.mtimeMs < statSync(kernelSource).mtimeMs) buildKernel();
}
