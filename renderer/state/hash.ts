import { initialView, viewState, type ViewState } from './view-state.ts';

/**
 * The view as a URL hash: one JSON value a key, only what differs from the start, so that a short view is a short link.
 * A hash that was tampered with falls back key by key.
 */
export function toHash(view: ViewState): string {
  const parts = Object.entries(view).flatMap(([key, value]) => {
    const text = JSON.stringify(value);
    return text === JSON.stringify(initialView[key as keyof ViewState]) ? [] : [`${key}=${encodeURIComponent(text)}`];
  });
  return parts.length === 0 ? '' : `#${parts.join('&')}`;
}

export function fromHash(hash: string): ViewState {
  let view = initialView;
  for (const part of hash.replace(/^#/, '').split('&')) {
    const cut = part.indexOf('=');
    if (cut < 0) continue;
    const parsed = viewState.safeParse({ ...view, [part.slice(0, cut)]: readJson(part.slice(cut + 1)) });
    if (parsed.success) view = parsed.data;
  }
  return view;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(text));
  } catch {
    return undefined;
  }
}
