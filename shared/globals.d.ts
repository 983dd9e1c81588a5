// What every runtime we run on has, browsers and Node alike, though the language's own library does not name it. Only the
// part that `shared` uses: elsewhere these are the DOM's or Node's own types.
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}
