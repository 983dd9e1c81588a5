/** A WASM file as a `data:` URL with its bytes in base64: no path to find at run time. */
declare module '*.wasm?inline' {
  const url: string;
  export { url as default };
}
