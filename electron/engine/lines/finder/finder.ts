import { hasWasmSimd } from '../../scan/kernel.ts';
import { PlainFinder } from './plain-finder.ts';
import type { Finder } from './types.ts';
import { compiledFinder, WasmFinder } from './wasm-finder.ts';

/**
 * The fastest finder this machine can run; the plain one also where the environment says ROLLSCOPE_SCANNER=reference. `code`: of the
 * kernel, where another thread has compiled it.
 */
export function createFinder(code: object | null = finderCode()): Finder {
  return code === null ? new PlainFinder() : new WasmFinder(code);
}

/** What createFinder makes finders from; null for plain ones. */
export function finderCode(): object | null {
  return process.env['ROLLSCOPE_SCANNER'] !== 'reference' && hasWasmSimd() ? compiledFinder() : null;
}
