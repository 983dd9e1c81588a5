import type { ContentPart, Message } from '#shared/model/conversation.ts';
import type { ReasonId } from '../reasons.ts';
import type { Settings } from '../settings.ts';
import { imageRef, imageOf, type RowImage } from './images.ts';

/** Messages with their images as a trainer wants them, and the images in their order. */
export interface Placed {
  readonly messages: readonly Message[];
  /** Those that the column `images` names. */
  readonly named: readonly RowImage[];
  readonly images: readonly RowImage[];
}

/** What stands for an image in a message; undefined where the trainer takes none there. `isNamed`: the column `images` names it. */
export type Place = (image: RowImage, message: Message) => { readonly part: ContentPart; readonly isNamed: boolean } | undefined;

/** Messages with `place` for each image, texts as they are. The answer is a reason where an image is not in the row, or not in place. */
export function withImages(messages: readonly Message[], place: Place): Placed | ReasonId {
  const [images, named]: [RowImage[], RowImage[]] = [[], []];
  const placed: Message[] = [];
  for (const message of messages) {
    const content: ContentPart[] = [];
    for (const part of typeof message.content === 'string' ? [] : message.content) {
      if (part.type === 'text') {
        content.push({ type: 'text', text: part['text'] });
        continue;
      }
      if (part.type !== 'image_url' && part.type !== 'image') return 'mapping/images';
      const image = imageOf(part);
      if (!image) return 'mapping/image-elsewhere';
      const found = place(image, message);
      if (!found) return 'target/image-place';
      images.push(image);
      if (found.isNamed) named.push(image);
      content.push(found.part);
    }
    placed.push(typeof message.content === 'string' ? message : { ...message, content });
  }
  return { messages: placed, named, images };
}

/** Every content as parts as soon as there is an image: before a text TRL would put places of its own. */
function asParts({ messages, ...others }: Placed): Placed {
  if (others.images.length === 0) return { messages, ...others };
  const parts = messages.map((message) =>
    typeof message.content === 'string' ? { ...message, content: [{ type: 'text', text: message.content }] } : message,
  );
  return { messages: parts, ...others };
}

/**
 * For TRL: a place `{"type":"image"}` for each image that the column names. Places in outputs of tools it fills with none of them
 * (data_utils.py, prepare_multimodal_messages): there, where whole conversations are rendered, the part names the image itself.
 */
export function trlImages(messages: readonly Message[], settings: Settings, where: 'conversation' | 'prompt'): Placed | ReasonId {
  const placed = withImages(messages, (image, { role }) => {
    if (role !== 'tool') return { part: { type: 'image' }, isNamed: true };
    return where === 'prompt' ? undefined : { part: { type: 'image', image: imageRef(image, settings) }, isNamed: false };
  });
  return typeof placed === 'string' ? placed : asParts(placed);
}

/** For OpenRLHF: a place for each image, whoever shows it. */
export function openRlhfImages(messages: readonly Message[]): Placed | ReasonId {
  const placed = withImages(messages, () => ({ part: { type: 'image' }, isNamed: true }));
  return typeof placed === 'string' ? placed : asParts(placed);
}

/** For NeMo-RL: a part that is the image, in messages that are texts otherwise. */
export function nemoRlImages(messages: readonly Message[]): Placed | ReasonId {
  return withImages(messages, ({ address }) => ({ part: { type: 'image', image: address }, isNamed: false }));
}

const verlMarks = /<(image|video|audio)>/;

/** For verl: the text `<image>` for each image, in contents that are texts; of a row with images no other text may hold such a mark. */
export function verlImages(messages: readonly Message[]): Placed | ReasonId {
  const placed = withImages(messages, () => ({ part: { type: 'text', text: '<image>' }, isNamed: true }));
  if (typeof placed === 'string' || placed.images.length === 0) return placed;
  if (messages.some((message) => verlMarks.test(textsOf(message)))) return 'target/image-placeholder';
  return { ...placed, messages: placed.messages.map((message) => ({ ...message, content: textsOf(message) })) };
}

/** The texts of a message as one: of its parts each that is a text. */
export function textsOf({ content }: Message): string {
  return typeof content === 'string' ? content : content.map(({ text }) => (typeof text === 'string' ? text : '')).join('');
}
