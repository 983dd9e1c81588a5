import { createHash } from 'node:crypto';
import { isJsonObject, JsonDepthError, parseKnownJson, writeJson } from '#shared/model/json.ts';
import { tokensProblem } from './length.ts';
import type { ReasonId } from './reasons.ts';
import { Rollout, type RolloutAccess } from './rollout.ts';
import type { Settings } from './settings.ts';
import type { Example, Fields, Mapped, Target } from './types.ts';
import type { ByteSink } from './writers/byte-sink.ts';
import { writeParts } from './writers/row-parts.ts';

const newline = 10;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What planning keeps of a mapped rollout. */
export interface RowFacts {
  /** Bits of `Shape` and `Trait`. */
  readonly shape: number;
  /** UTF-8 bytes of the JSON text of what it gives. */
  readonly bytes: number;
  /** Bytes behind that text, where it was spooled, that say where its parts lie. */
  readonly noteBytes?: number;
  /** Equal for equal rows; empty unless duplicates are looked for. */
  readonly digest: string;
  /** Equal for equal requests and answers; empty unless rollouts are put together. */
  readonly request: string;
  readonly answer: string;
}

/** What a rollout gives to its target, or why it is left out. Fails with `changed` when the file did. */
function mapRow(access: RolloutAccess, target: Target, settings: Settings, row: number): Mapped | ReasonId {
  try {
    return target.map(new Rollout(access, row), settings);
  } catch (error) {
    if (error instanceof JsonDepthError) return 'mapping/too-deep';
    throw error;
  }
}

/** Where the texts of rows that are to be spooled are put together, and whether with notes of their parts. */
export interface Spooled {
  readonly texts: ByteSink;
  readonly isCut: boolean;
}

/** Whether what is spooled of a row is cut into columns when it is written. */
export function isCut(target: Target, settings: Settings): boolean {
  return !target.join && target.columns(settings, 0) !== undefined;
}

/**
 * Maps a row for the plan; JSON of what it gives, or its bytes where that is a line, is appended to the texts to be spooled, as a line, with
 * a note of where its parts lie where it `isCut`.
 */
export function rowFacts(
  access: RolloutAccess,
  target: Target,
  settings: Settings,
  row: number,
  spooled: Spooled | undefined,
): RowFacts | ReasonId {
  const mapped = mapRow(access, target, settings, row);
  if (typeof mapped === 'string') return mapped;
  const { content, shape, request, answer } = mapped;
  const length = content instanceof Uint8Array ? undefined : tokensProblem(target, settings, content, access.line(row).length);
  if (length) return length;
  const facts = { shape, request: hashed(request), answer: hashed(answer) };
  const digest = (text: string | Uint8Array): string => (looksForDuplicates(settings) ? digestOf(content, text) : '');
  if (!spooled) {
    const text = content instanceof Uint8Array ? content : writeJson(content);
    return { ...facts, bytes: typeof text === 'string' ? Buffer.byteLength(text) : text.length, digest: digest(text) };
  }
  const { texts } = spooled;
  const from = texts.length;
  const bytes = appendText(content, spooled);
  const written = texts.written().subarray(from);
  texts.byte(newline);
  return { ...facts, bytes, noteBytes: written.length - bytes, digest: digest(written.subarray(0, bytes)) };
}

/** Answers how many bytes the text is. */
function appendText(content: Mapped['content'], { texts, isCut: withParts }: Spooled): number {
  if (content instanceof Uint8Array) {
    texts.bytes(content);
    return content.length;
  }
  return withParts ? writeParts(content, texts) : texts.text(writeJson(content));
}

export function looksForDuplicates(settings: Settings): boolean {
  return settings.has('dedupe') && settings.flag('dedupe');
}

/** What rollouts give: undefined where the file is no longer what was planned. */
export type ContentOf = (row: number) => Mapped['content'] | undefined;

/** Mapped from their lines. */
export function mappedContent(access: RolloutAccess, target: Target, settings: Settings): ContentOf {
  return (row) => {
    const mapped = mapRow(access, target, settings, row);
    return typeof mapped === 'string' ? undefined : mapped.content;
  };
}

/** As planning has mapped and spooled it. */
export function spooledContent(access: RolloutAccess): ContentOf {
  return (row) => {
    const value = parseKnownJson(decoder.decode(access.line(row)));
    return isJsonObject(value) ? value : undefined;
  };
}

/** A row as it is written; undefined where the file is no longer what was planned. */
export function makeRow(contentOf: ContentOf, target: Target, settings: Settings, example: Example): Mapped['content'] | undefined {
  const parts = partsOf(contentOf, target, settings, example);
  if (parts === undefined || parts instanceof Uint8Array) return parts;
  return target.join ? target.join(parts, example, settings) : parts[0];
}

/** What the rollouts of a row give to it, or the line that is passed on; undefined where the file is no longer what was planned. */
export function partsOf(
  contentOf: ContentOf,
  target: Target,
  settings: Settings,
  example: Example,
): readonly Fields[] | Uint8Array | undefined {
  const parts: Fields[] = [];
  for (const row of writtenRows(target, settings, example)) {
    const content = contentOf(row);
    if (content === undefined || content instanceof Uint8Array) return content;
    parts.push(content);
  }
  return parts;
}

/** The rollouts that a row is written from: the others of a task are only counted. */
export function writtenRows(target: Target, settings: Settings, { rows }: Pick<Example, 'rows'>): readonly number[] {
  return target.unit(settings) === 'pair' ? rows : rows.slice(0, 1);
}

function hashed(value: unknown): string {
  return value === undefined ? '' : sha256(writeJson(value));
}

/** Where a row came from does not make it another one. */
function digestOf(content: Mapped['content'], text: string | Uint8Array): string {
  const same = content instanceof Uint8Array || content['gym_meta'] === undefined ? text : writeJson({ ...content, gym_meta: undefined });
  return sha256(same);
}

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('base64');
