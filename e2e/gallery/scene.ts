import type { Page } from '@playwright/test';
import type { GalleryFile } from './files.ts';

/** One state of the app, as it is brought about and photographed. */
export interface Scene {
  /** Of the pictures; begins with the number of the drawing that it stands beside. */
  readonly name: string;
  /** What is opened; nothing: the screen before. */
  readonly open?: readonly GalleryFile[];
  /** The view, as the address says it. */
  readonly view?: Readonly<Record<string, unknown>>;
  /** What else is done before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
}

/** The view as the hash of an address. */
export function hashOf(view: Scene['view'] = {}): string {
  const parts = Object.entries(view).map(([key, value]) => `${key}=${encodeURIComponent(JSON.stringify(value))}`);
  return parts.length === 0 ? '' : `#${parts.join('&')}`;
}

export const wide = { rail: 'wide' } as const;
export const narrow = { rail: 'narrow' } as const;

/** Chooses a command of the palette by a part of its name. */
export async function command(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}
