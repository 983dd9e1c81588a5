import { createHash } from 'node:crypto';
import type { ContentPart } from '#shared/model/conversation.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '#shared/model/json.ts';
import type { TargetOption } from '#shared/model/target.ts';
import type { Settings } from '../settings.ts';
import { Trait } from '../types.ts';

export const imagesOption: TargetOption = {
  key: 'images',
  step: 'mapping',
  title: 'Rollouts with images',
  help: 'A text model cannot be trained on them. For a vision model images that stand in the row (data: addresses) become files beside the data, named by their hash, or stay inline, as data: addresses in a column; nothing is ever fetched.',
  kind: 'choice',
  choices: [
    { value: 'leave-out', title: 'Leave out' },
    { value: 'files', title: 'As files beside the data' },
    { value: 'inline', title: 'Inline, in the rows' },
  ],
  default: 'leave-out',
};

/** For `needs` of a target with the option. */
export const imagesNeed = 'text only, unless images are kept for a vision model';
export const imagesFile = { name: 'image-….png', about: 'With images=files, each image of the rows.' };

function imagesAs(settings: Settings): 'leave-out' | 'files' | 'inline' {
  return settings.has('images') ? settings.choice('images', ['leave-out', 'files', 'inline']) : 'leave-out';
}

export function takesImages(settings: Settings): boolean {
  return imagesAs(settings) !== 'leave-out';
}

/** A file beside the data. */
export interface MediaFile {
  /** From its bytes: `image-` and 32 digits of their sha256. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** An image that stands in a row. */
export interface RowImage extends MediaFile {
  /** As a data: address of what its bytes are, whatever the row says they are. */
  readonly address: string;
}

/** How a row names an image: by its file, or by what it is. */
export function imageRef(image: RowImage, settings: Settings): string {
  return imagesAs(settings) === 'inline' ? image.address : image.name;
}

/** Those of the images that become files. */
export function imageFiles(images: readonly RowImage[], settings: Settings): readonly MediaFile[] {
  return imagesAs(settings) === 'files' ? images : [];
}

export const hasImages = (seen: number): boolean => (seen & Trait.images) > 0;

/** What a preview of rows says where some have images. */
export const imageNotes = (seen: number): string[] =>
  hasImages(seen) ? ['An image is many tokens, which the processor of the model puts in its place: they are not counted here.'] : [];

/** Of a file with images TRL passes no tools to the template. */
export const withoutTools = <T extends Readonly<Record<string, unknown>>>(parts: readonly T[], seen: number): readonly T[] =>
  hasImages(seen) ? parts.map((part) => ({ ...part, tools: undefined })) : parts;

const kinds = { png: 'image/png', jpg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp' } as const;

/** Undefined where the image lies elsewhere, or its bytes are none that trainers read. */
export function imageOf({ image_url: given, image, url }: ContentPart): RowImage | undefined {
  const nested = typeof given === 'object' && given !== null && 'url' in given ? given.url : given;
  const address = [nested, image, url].find((each) => typeof each === 'string');
  const match = typeof address === 'string' ? /^data:[^,]*;base64,/i.exec(address) : null;
  if (typeof address !== 'string' || !match) return undefined;
  const text = address.slice(match[0].length);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  const kind = kindOf(bytes);
  if (kind === undefined) return undefined;
  const digits = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  return { name: `image-${digits}.${kind}`, bytes, address: `data:${kinds[kind]};base64,${bytes.toString('base64')}` };
}

/** By the first bytes of a file, whatever its address says it is. */
function kindOf(bytes: Buffer): keyof typeof kinds | undefined {
  const begin = bytes.toString('latin1', 0, 12);
  if (begin.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (begin.startsWith('\xff\xd8\xff')) return 'jpg';
  if (begin.startsWith('GIF87a') || begin.startsWith('GIF89a')) return 'gif';
  return begin.startsWith('RIFF') && begin.endsWith('WEBP') ? 'webp' : undefined;
}

/** Of the files that exports write. */
export const imageName = /^image-[0-9a-f]{32}\.(png|jpg|gif|webp)$/;
const imageAddress = /^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/;

/** Whether a value read back names an image of the row: nothing that a trainer would fetch. */
export function isImageRef(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && (imageName.test(value) || imageAddress.test(value));
}

/** What is wrong with the parts of messages read back: only texts, places, and images by a name. */
export function partsFault(content: readonly JsonValue[]): string | undefined {
  const isPart = (part: JsonValue): boolean =>
    isJsonObject(part) &&
    (part['type'] === 'text'
      ? typeof part['text'] === 'string'
      : part['type'] === 'image' && (part['image'] === undefined || isImageRef(part['image'])));
  return content.every(isPart) ? undefined : 'has a part that is neither text nor an image';
}

/** Names of images, one for each place in the messages, in a row read back. */
export function imagesFault(images: JsonValue, messages: JsonValue | undefined): string | undefined {
  if (!Array.isArray(images) || !images.every(isImageRef)) return 'images is no list of names of images';
  const places = placesIn(messages, (part) => part['type'] === 'image' && part['image'] === undefined);
  return places === images.length ? undefined : `there are ${places} places for ${images.length} images`;
}

function placesIn(messages: JsonValue | undefined, isPlace: (part: JsonObject) => boolean): number {
  const parts = Array.isArray(messages) ? messages.flatMap((message) => (isJsonObject(message) ? (message['content'] ?? null) : null)) : [];
  return parts.filter((part) => isJsonObject(part) && isPlace(part)).length;
}
