import { compileKernel, kernelOf } from '../../electron/engine/scan/kernel.ts';
import { type BrokenKernel, brokenKernels } from './broken-kernels.ts';
import { compileBroken } from './compile-broken.ts';
import { fuzz } from './fuzz.ts';

export interface BrokenResult {
  readonly kernel: BrokenKernel;
  /** The first disagreement, or how the kernel failed; undefined where the fuzz found nothing. */
  readonly found: string | undefined;
  readonly seconds: number;
}

/** Runs the fuzz on kernels that are broken on purpose, each until it finds something. `root`: of the project. */
export async function* fuzzBroken(root: string, kernels: readonly BrokenKernel[] = brokenKernels): AsyncGenerator<BrokenResult, void> {
  for (const kernel of kernels) {
    const start = performance.now();
    const code = compileKernel(await compileBroken(kernel, root));
    yield { kernel, found: firstDisagreement(code), seconds: (performance.now() - start) / 1000 };
  }
}

function firstDisagreement(code: object): string | undefined {
  try {
    const { disagreements } = fuzz({ seed: 1, mutatedRows: 10_000, alignments: 17, kernel: () => kernelOf(code), stopsAtFirst: true });
    return disagreements[0];
  } catch (error) {
    return String(error);
  }
}
