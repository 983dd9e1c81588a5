import { hasWasmSimd } from '../../scan/kernel.ts';
import { PlainFinder } from './plain-finder.ts';
import type { Finder } from './types.ts';
import { WasmFinder } from './wasm-finder.ts';

/** The fastest finder this machine can run; the plain one also where the environment says ROLLSCOPE_SCANNER=reference. */
export function createFinder(): Finder {
  return process.env['ROLLSCOPE_SCANNER'] !== 'reference' && hasWasmSimd() ? new WasmFinder() : new PlainFinder();
}
