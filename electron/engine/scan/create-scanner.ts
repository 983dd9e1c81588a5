import { hasWasmSimd, kernelCode, kernelOf } from './kernel.ts';
import { ReferenceScanner } from './reference/scanner.ts';
import { Scanner } from './scanner.ts';
import type { LineScanner } from './segment.ts';

/**
 * The fastest scanner this machine can run; the plain one also where the environment says ROLLSCOPE_SCANNER=reference.
 * `code`: of the kernel, where another thread has compiled it.
 */
export function createScanner(code: object | null = scannerCode()): LineScanner {
  return code === null ? new ReferenceScanner() : new Scanner(undefined, kernelOf(code));
}

/** What createScanner makes scanners from; null for plain ones. */
export function scannerCode(): object | null {
  return process.env['ROLLSCOPE_SCANNER'] !== 'reference' && hasWasmSimd() ? kernelCode() : null;
}
