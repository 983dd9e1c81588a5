import { Buffer } from 'node:buffer';
import { compileKernel } from '../../scan/kernel.ts';
import url from './finder.wasm?inline';
import type { Finder, Marks } from './types.ts';

/** What finder.as.ts exports; addresses are in bytes. */
interface FinderExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  init(): void;
  inAt(): number;
  chunkMax(): number;
  unitsAt(): number;
  needleAt(i: number): number;
  needleMax(): number;
  setPairs(count: number, a: number, b: number, c: number): void;
  findFirst(from: number, to: number): number;
  findOther(i: number, from: number, to: number): number;
}

/** The part of the WebAssembly namespace we use: Node's types have none of it without the DOM's. */
declare const WebAssembly: { readonly Instance: new (module: object, imports: object) => { readonly exports: FinderExports } };

/** Bytes of a needle's length and places, before its masks. */
const needleHead = 64;
const unitsBytes = 8192;

let compiled: object | undefined;

/** The kernel, compiled once. May be sent to other threads: what the machine learns about it in one holds in all. */
export function compiledFinder(): object {
  compiled ??= compileKernel(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  return compiled;
}

/** The finder in WASM SIMD: several gigabytes a second. */
export class WasmFinder implements Finder {
  readonly chunk: Uint8Array;
  private readonly kernel: FinderExports;
  private readonly inAt: number;

  constructor(code: object = compiledFinder()) {
    const abort = (): never => {
      throw new Error('the finder aborted');
    };
    this.kernel = new WebAssembly.Instance(code, { env: { abort } }).exports;
    this.kernel.init();
    this.inAt = this.kernel.inAt();
    this.chunk = new Uint8Array(this.kernel.memory.buffer, this.inAt, this.kernel.chunkMax());
  }

  load({ needles, units, pairs }: Marks): void {
    const { buffer } = this.kernel.memory;
    needles.forEach(({ masks, values, rare }, i) => {
      const at = this.kernel.needleAt(i);
      new Uint32Array(buffer, at, 3).set([values.length, ...rare]);
      new Uint8Array(buffer, at + needleHead).set(masks);
      new Uint8Array(buffer, at + needleHead + this.kernel.needleMax()).set(values);
    });
    const bits = new Uint8Array(buffer, this.kernel.unitsAt(), unitsBytes).fill(0);
    for (const unit of units) bits[unit >> 3] = (bits[unit >> 3] ?? 0) | (1 << (unit & 7));
    const [a = 0, b = 0, c = 0] = pairs.map(([first, second, lead]) => first | (second << 8) | (lead << 16));
    this.kernel.setPairs(pairs.length, a, b, c);
  }

  find(needle: number, from: number, to: number): number {
    const { kernel, inAt } = this;
    return (needle === 0 ? kernel.findFirst(inAt + from, inAt + to) : kernel.findOther(needle, inAt + from, inAt + to)) - inAt;
  }
}
