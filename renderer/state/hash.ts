import { atHand, initialView, viewState, type CalmView, type ViewState } from './view-state.ts';

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

/** What a view with a name keeps: what is shown and how, not the rollout at hand nor what is only being tried. */
export function keptHash(view: CalmView): string {
  const { draft, rival } = initialView;
  return toHash({ ...initialView, ...view, ...atHand(initialView), draft, rival });
}

/** A hash that says on which dataset it was made even where the view is the first one. */
export function linkHash(view: ViewState, fingerprint: string): string {
  const hash = toHash(view, fingerprint);
  return hash === '' && fingerprint !== '' ? `#data=${fingerprint.slice(0, dataChars)}` : hash;
}

/** The hash of a link that was typed or pasted, with the dataset it names; null where the text is no link to a view. */
export function readLink(text: string): { readonly hash: string; readonly data: string | null } | null {
  const found = /^(?:[a-z][a-z\d+.-]*:\/\/[^\s#]*)?(#[a-zA-Z]+=\S*)$/.exec(text.trim())?.[1];
  return found === undefined ? null : { hash: found, data: dataOf(found) };
}

/** Whether a hash tells of another dataset: then its rows, columns and values mean nothing here. */
export function isOfOtherDataset(hash: string, fingerprint: string): boolean {
  const data = dataOf(hash);
  return data !== null && fingerprint !== '' && data !== fingerprint.slice(0, dataChars);
}

function dataOf(hash: string): string | null {
  return /[#&]data=([^&]*)/.exec(hash)?.[1] ?? null;
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
