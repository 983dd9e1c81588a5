import { Buffer } from 'node:buffer';
import hashingUrl from './hashing-kernel.wasm?inline';
import plainUrl from './kernel.wasm?inline';

/** What kernel.as.ts exports; addresses are in bytes, file offsets doubles (exact to 2^53). */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  init(): void;
  inAt(): number;
  chunkMax(): number;
  blockCells(): number;
  lineCount(): number;
  invalidCount(): number;
  lineStartsAt(): number;
  lineEndsAt(): number;
  lineErrorOffsetsAt(): number;
  lineNumbersAt(): number;
  lineTagsAt(): number;
  lineValidAt(): number;
  nodeCount(): number;
  nodesAt(): number;
  blankLines(): number;
  droppedKeys(): number;
  stringCount(): number;
  stringEntriesAt(): number;
  stringBytesAt(): number;
  stringByteLength(): number;
  define(parent: number, nameBytes: number, flags: number, meaning: number): number;
  setElement(list: number, element: number): void;
  setFactColumn(column: number, node: number): void;
  setMessages(node: number): void;
  reset(offset: number, seed: number): void;
  feed(length: number): void;
  step(): number;
  drained(): void;
  columnTotal(node: number): number;
  columnOffset(node: number): number;
  columnFirstRow(node: number): number;
  columnIsCoded(node: number): number;
  firstBlock(node: number): number;
  lastBlock(node: number): number;
  cellsInLastBlock(node: number): number;
}

/** The part of the WebAssembly namespace we use: Node's types have none of it without the DOM's. */
interface WasmNamespace {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: KernelExports };
  validate(bytes: Uint8Array): boolean;
}
declare const WebAssembly: WasmNamespace | undefined;

/** `(func (result v128) i32.const 0 i8x16.splat)`: valid only where there is SIMD. */
const simdModule = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11);

/** Two builds of one source: `hashing` takes canonical hashes on the way, `plain` has no code for them. */
export interface KernelCode {
  readonly plain: object;
  readonly hashing: object;
}

let compiled: KernelCode | undefined;

/** Whether the kernel can run here. */
export function hasWasmSimd(): boolean {
  return typeof WebAssembly !== 'undefined' && WebAssembly.validate(simdModule);
}

/** Our kernels, compiled once, in some 10 ms. May be sent to other threads: what the machine learns about them in one holds in all. */
export function kernelCode(): KernelCode {
  compiled ??= { plain: compileInlined(plainUrl), hashing: compileInlined(hashingUrl) };
  return compiled;
}

function compileInlined(url: string): object {
  return compileKernel(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
}

/** The code of a kernel, ready for kernelOf; fails without WebAssembly SIMD. */
export function compileKernel(wasm: Uint8Array): object {
  if (typeof WebAssembly === 'undefined') throw new Error('there is no WebAssembly');
  return new WebAssembly.Module(wasm);
}

/** A fresh kernel with its memory in place. */
export function kernelOf(code: object): KernelExports {
  if (typeof WebAssembly === 'undefined') throw new Error('there is no WebAssembly');
  const abort = (): never => {
    throw new Error('the scanner kernel aborted');
  };
  /** Digits that the kernel cannot convert exactly. */
  const parseNumber = (at: number, length: number): number => Number(Buffer.from(exports.memory.buffer, at, length).toString('latin1'));
  const { exports } = new WebAssembly.Instance(code, { env: { abort, parseNumber } });
  exports.init();
  return exports;
}
