import type { ScanWhat } from './fields.ts';
import { hasWasmSimd, type KernelCode, kernelCode } from './kernel.ts';
import { ReferenceScanner } from './reference/scanner.ts';
import { Scanner } from './scanner.ts';
import type { LineScanner } from './segment.ts';

/**
 * The fastest scanner this machine can run; the plain one also where the environment says ROLLSCOPE_SCANNER=reference.
 * `code`: of the kernels, where another thread has compiled them.
 */
export function createScanner(what: ScanWhat, code: KernelCode | null = scannerCode()): LineScanner {
  return code === null ? new ReferenceScanner({ what }) : new Scanner({ what, code });
}

/** What createScanner makes scanners from; null for plain ones. */
export function scannerCode(): KernelCode | null {
  return process.env['ROLLSCOPE_SCANNER'] !== 'reference' && hasWasmSimd() ? kernelCode() : null;
}
