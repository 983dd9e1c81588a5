import { hasWasmSimd } from './kernel.ts';
import { ReferenceScanner } from './reference/scanner.ts';
import { Scanner } from './scanner.ts';
import type { LineScanner } from './segment.ts';

/** The fastest scanner this machine can run; the plain one also where the environment says ROLLSCOPE_SCANNER=reference. */
export function createScanner(): LineScanner {
  return process.env['ROLLSCOPE_SCANNER'] !== 'reference' && hasWasmSimd() ? new Scanner() : new ReferenceScanner();
}
