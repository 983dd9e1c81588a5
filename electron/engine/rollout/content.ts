import type { ContentPart } from '#shared/model/conversation.ts';
import { isJsonObject, type JsonValue, writeJson } from '#shared/model/json.ts';
import type { Finding } from '#shared/model/problem.ts';
import { finding } from './rules.ts';

/** What a message says: text, or a list of parts in chat form as soon as it was one. */
export type Content = string | ContentPart[];

/**
 * Content of a system, user or tool message in chat form: `input_text` → `text`, `input_image` → `image_url`,
 * `input_video` → `video_url` (as Gym's converter does); a part of another kind stays as it is.
 */
export function readContent(content: JsonValue | undefined, at: string, findings: Finding[]): Content {
  if (typeof content === 'string') return content;
  if (content === undefined || content === null) return '';
  if (!Array.isArray(content)) return writeJson(content);
  return content.map((part, index) => readPart(part, `${at}[${index}]`, findings));
}

function readPart(part: JsonValue, at: string, findings: Finding[]): ContentPart {
  if (typeof part === 'string') return { type: 'text', text: part };
  if (!isJsonObject(part)) return { type: 'text', text: writeJson(part) };
  switch (part['type']) {
    case 'input_text':
    case 'output_text':
    case 'text':
      return { type: 'text', text: textOf(part['text']) };
    case 'input_image':
      return { type: 'image_url', image_url: { url: textOf(part['image_url']), detail: part['detail'] ?? 'auto' } };
    case 'input_video':
      return { type: 'video_url', video_url: { url: textOf(part['video_url']) } };
    case 'image_url':
    case 'video_url':
    case 'image':
    case 'video':
      return { ...part, type: part['type'] };
    default: {
      const type = typeof part['type'] === 'string' ? part['type'] : 'unknown';
      findings.push(finding('content/unknown-part', `A part of type ${type}.`, at));
      return { ...part, type };
    }
  }
}

/** The one string that a list of text parts makes, joined as Gym joins an assistant's parts; lists with media stay lists. */
export function plainContent(content: Content): Content {
  if (typeof content === 'string') return content;
  const texts = content.map((part) => (part.type === 'text' ? part['text'] : undefined));
  return texts.every((text) => typeof text === 'string') ? texts.join('') : content;
}

export function textOf(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : writeJson(value);
}
