import { isJsonObject, type JsonValue } from '#shared/model/json.ts';
import { isImageRef } from '../images.ts';

/** For targets with the option `images`. */
export const visionNote =
  'With images=files rows name images as they lie in the folder of the export, where train.sh runs; with images=inline they hold them, for workers elsewhere. verl reads them by qwen_vl_utils, and puts one in the place of each text <image>: a row with images and such a text of its own is left out.';

/** Images by name, one for each text `<image>` in the messages, in a row read back. */
export function verlImagesFault(images: JsonValue, messages: JsonValue | undefined): string | undefined {
  if (!Array.isArray(images) || !images.every((image) => isJsonObject(image) && isImageRef(image['image']))) {
    return 'images is no list of images by name';
  }
  if (images.length === 0) return undefined;
  const contents = Array.isArray(messages) ? messages.map((message) => (isJsonObject(message) ? message['content'] : '')) : [];
  const places = contents.reduce<number>(
    (sum, content) => sum + (typeof content === 'string' ? content.split('<image>').length - 1 : 0),
    0,
  );
  return places === images.length ? undefined : `there are ${places} places for ${images.length} images`;
}
