import { Buffer } from 'node:buffer';
import url from './kernel.wasm?inline';

/** What kernel.as.ts exports; addresses are in bytes, file offsets doubles (exact to 2^53). */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  init(): void;
  inAt(): number;
  chunkMax(): number;
  linesAt(): number;
  linesEnd(): number;
  cellsAt(): number;
  cellsEnd(): number;
  nodesAt(): number;
  rowNumber(): number;
  blankLines(): number;
  droppedKeys(): number;
  stringCount(): number;
  stringEntriesAt(): number;
  stringBytesAt(): number;
  stringByteLength(): number;
  define(parent: number, nameBytes: number, flags: number, meaning: number): number;
  setElement(list: number, element: number): void;
  setFactNodes(turns: number, userTurns: number, tools: number, offered: number, model: number, prompt: number, answer: number): void;
  reset(offset: number, seed: number): void;
  feed(length: number): void;
  step(): number;
  drained(): void;
}

/** The part of the WebAssembly namespace we use: Node's types have none of it without the DOM's. */
interface WasmNamespace {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: KernelExports };
}
declare const WebAssembly: WasmNamespace;

let compiled: object | undefined;

/** A fresh kernel with its memory in place. The code is compiled once a thread, in about 5 ms. */
export function instantiateKernel(): KernelExports {
  compiled ??= new WebAssembly.Module(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  const abort = (): never => {
    throw new Error('the scanner kernel aborted');
  };
  const { exports } = new WebAssembly.Instance(compiled, { env: { abort } });
  exports.init();
  return exports;
}
