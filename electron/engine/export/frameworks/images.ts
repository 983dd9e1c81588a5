import { createHash } from 'node:crypto';
import type { ContentPart, Message } from '#shared/model/conversation.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '#shared/model/json.ts';
import type { TargetOption } from '#shared/model/target.ts';
import type { ReasonId } from '../reasons.ts';
import type { Settings } from '../settings.ts';

export const imagesOption: TargetOption = {
  key: 'images',
  step: 'mapping',
  title: 'Rollouts with images',
  help: 'A text model cannot be trained on them. For a vision model images that stand in the row (data: addresses) become files beside the data, named by their hash; nothing is ever fetched.',
  kind: 'choice',
  choices: [
    { value: 'leave-out', title: 'Leave out' },
    { value: 'files', title: 'As files beside the data' },
  ],
  default: 'leave-out',
};

export function takesImages(settings: Settings): boolean {
  return settings.choice('images', ['leave-out', 'files']) === 'files';
}

/** A file beside the data. */
export interface MediaFile {
  /** From its bytes: `image-` and 32 digits of their sha256. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export const imageName = /^image-[0-9a-f]{32}\.(png|jpg|gif|webp)$/;

/**
 * Messages with a place `{"type":"image"}` for each image, and the images in their order. All contents are lists of parts as soon as
 * there is one: before a text TRL would put places of its own. The answer is a reason where an image is not in the row.
 */
export function withImagePlaces(messages: readonly Message[]): { messages: readonly Message[]; images: readonly MediaFile[] } | ReasonId {
  if (messages.every(({ content }) => typeof content === 'string')) return { messages, images: [] };
  const images: MediaFile[] = [];
  const placed: Message[] = [];
  for (const message of messages) {
    const parts = typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content;
    const content: ContentPart[] = [];
    for (const part of parts) {
      if (part.type === 'text') {
        content.push({ type: 'text', text: part['text'] });
        continue;
      }
      if (part.type !== 'image_url' && part.type !== 'image') return 'mapping/images';
      const file = imageOf(part);
      if (!file) return 'mapping/image-elsewhere';
      images.push(file);
      content.push({ type: 'image' });
    }
    placed.push({ ...message, content });
  }
  return { messages: placed, images };
}

/** Undefined where the image lies elsewhere, or its bytes are none that trainers read. */
function imageOf({ image_url: given, image, url }: ContentPart): MediaFile | undefined {
  const nested = typeof given === 'object' && given !== null && 'url' in given ? given.url : given;
  const address = [nested, image, url].find((each) => typeof each === 'string');
  const match = typeof address === 'string' ? /^data:[^,]*;base64,/i.exec(address) : null;
  if (typeof address !== 'string' || !match) return undefined;
  const text = address.slice(match[0].length);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  const extension = kindOf(bytes);
  return extension && { name: `image-${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}.${extension}`, bytes };
}

/** By the first bytes of a file, whatever its address says it is. */
function kindOf(bytes: Buffer): 'png' | 'jpg' | 'gif' | 'webp' | undefined {
  const begin = bytes.toString('latin1', 0, 12);
  if (begin.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (begin.startsWith('\xff\xd8\xff')) return 'jpg';
  if (begin.startsWith('GIF87a') || begin.startsWith('GIF89a')) return 'gif';
  return begin.startsWith('RIFF') && begin.endsWith('WEBP') ? 'webp' : undefined;
}

/** Names of image files, one for each place in the messages, in a row read back. */
export function imagesFault(images: JsonValue, { messages }: JsonObject): string | undefined {
  if (!Array.isArray(images) || !images.every((name) => typeof name === 'string' && imageName.test(name)))
    return 'images is no list of names of image files';
  const parts = Array.isArray(messages) ? messages.flatMap((message) => (isJsonObject(message) ? (message['content'] ?? null) : null)) : [];
  const places = parts.filter((part) => isJsonObject(part) && part['type'] === 'image').length;
  return places === images.length ? undefined : `there are ${places} places for ${images.length} images`;
}
