import type { z } from 'zod';
import { exportChoices } from './export-choices.ts';
import { groupsView } from './view-parts.ts';
import { atHand, initialView, viewState, type SteadyView, type ViewState } from './view-state.ts';

/** Characters of a dataset's fingerprint that tell it from others in a link. */
const dataChars = 12;

type Shape = Readonly<Record<string, z.ZodType>>;

/** Keys that hold several choices, each with a default of its own: only those that differ from it are written, and each is read by itself. */
const composite: Readonly<Record<string, Shape>> = { groups: groupsView.shape, export: exportChoices.shape };

/**
 * The view as a URL hash: one JSON value a key, only what differs from the start, so that a short view is a short link; and
 * `data`, which says on which dataset. A hash that was tampered with falls back key by key.
 */
export function toHash(view: ViewState, fingerprint = ''): string {
  const parts = different(view, initialView).map(([key, value]) => {
    const start: unknown = initialView[key as keyof ViewState];
    const written = Object.hasOwn(composite, key) ? Object.fromEntries(different(value as object, start as object)) : value;
    return `${key}=${encodeURIComponent(JSON.stringify(written))}`;
  });
  if (parts.length === 0) return '';
  const data = fingerprint === '' ? [] : [`data=${fingerprint.slice(0, dataChars)}`];
  return `#${[...data, ...parts].join('&')}`;
}

function different(values: object, from: object): [string, unknown][] {
  const start: Readonly<Record<string, unknown>> = { ...from };
  return Object.entries(values).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(start[key]));
}

/** What a view with a name keeps: what is shown and how, not the rollout at hand nor what is only being tried. */
export function keptHash(view: SteadyView): string {
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
  return readView(hash).view;
}

/** The view of a hash, and the names of what in it cannot be: it is left out, and the rest is kept. */
export function readView(hash: string): { readonly view: ViewState; readonly wrong: readonly string[] } {
  const read: Record<string, unknown> = {};
  const wrong = new Set<string>();
  for (const part of hash.replace(/^#/, '').split('&')) {
    const cut = part.indexOf('=');
    const key = part.slice(0, Math.max(0, cut));
    if (!Object.hasOwn(viewState.shape, key)) continue;
    const value = readJson(part.slice(cut + 1));
    const { [key]: choices } = composite;
    const found = choices === undefined ? take(viewState.shape, { [key]: value }) : takeEach(choices, key, value);
    for (const name of found.wrong) wrong.add(name);
    Object.assign(read, found.read);
  }
  return { view: viewState.parse(read), wrong: [...wrong] };
}

interface Taken {
  readonly read: Readonly<Record<string, unknown>>;
  readonly wrong: readonly string[];
}

function takeEach(choices: Shape, key: string, value: unknown): Taken {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { read: {}, wrong: [key] };
  const { read, wrong } = take(choices, value);
  return { read: { [key]: read }, wrong: wrong.map((name) => `${key}.${name}`) };
}

/** Those values that a shape has, and can have. */
function take(shape: Shape, values: object): Taken {
  const known = Object.entries(values).filter(([name]) => Object.hasOwn(shape, name));
  // What cannot be read would be taken for the default.
  const isRight = ([name, value]: [string, unknown]): boolean => value !== undefined && shape[name]?.safeParse(value).success === true;
  return {
    read: Object.fromEntries(known.filter(isRight)),
    wrong: known.filter((each) => !isRight(each)).map(([name]) => name),
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(text));
  } catch {
    return undefined;
  }
}
