import { initialView, viewState, type ViewState } from './view-state.ts';

/** Characters of a dataset's fingerprint that tell it from others in a link. */
const dataChars = 12;

/**
 * The view as a URL hash: one JSON value a key, only what differs from the start, so that a short view is a short link; and
 * `data`, which says on which dataset. A hash that was tampered with falls back key by key.
 */
export function toHash(view: ViewState, fingerprint = ''): string {
  const parts = Object.entries(view).flatMap(([key, value]) => {
    const text = JSON.stringify(value);
    return text === JSON.stringify(initialView[key as keyof ViewState]) ? [] : [`${key}=${encodeURIComponent(text)}`];
  });
  if (parts.length === 0) return '';
  const data = fingerprint === '' ? [] : [`data=${fingerprint.slice(0, dataChars)}`];
  return `#${[...data, ...parts].join('&')}`;
}

/** Whether a hash tells of another dataset: then its rows, columns and values mean nothing here. */
export function isOfOtherDataset(hash: string, fingerprint: string): boolean {
  const data = /[#&]data=([^&]*)/.exec(hash)?.[1];
  return data !== undefined && fingerprint !== '' && data !== fingerprint.slice(0, dataChars);
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
