import type { Grant } from '../model/grant.ts';

/** What the desktop shell's preload script puts on the page as `window.rollscope`. A page has one connection in its life. */
export interface Bridge {
  send(message: unknown): void;
  receive(handler: (message: unknown) => void): void;
  /** The engine is gone; loading the page again starts it anew. */
  onClose(handler: (reason: string) => void): void;
  /** The user dropped files or chose some in the menu: they can be opened. */
  onDrop(handler: (grant: Grant) => void): void;
}
