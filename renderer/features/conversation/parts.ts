import type { ContentPart, Message } from '#shared/model/conversation.ts';

/** A piece of a message as it is shown. Nothing of it is ever executed or fetched. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string; readonly language: string }
  /** A picture whose bytes are in the file itself. */
  | { readonly kind: 'image'; readonly source: string }
  /** Something outside the file, or of a type we do not show: named, never loaded. */
  | { readonly kind: 'reference'; readonly what: string; readonly text: string };

export function messageParts(content: Message['content']): Part[] {
  if (typeof content === 'string') return textParts(content);
  return content.flatMap(contentPart);
}

function contentPart(part: ContentPart): Part[] {
  if (typeof part['text'] === 'string') return textParts(part['text']);
  const url = urlOf(part[part.type]) ?? urlOf(part['image_url']) ?? urlOf(part['video_url']);
  if (url === null) return [{ kind: 'reference', what: part.type, text: JSON.stringify(part) }];
  if (isInlineImage(url)) return [{ kind: 'image', source: url }];
  return [{ kind: 'reference', what: part.type.replace(/_url$|^input_/g, ''), text: url }];
}

function urlOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'url' in value && typeof value.url === 'string') return value.url;
  return null;
}

/** Raster pictures only: an SVG can hold script and links. */
export function isInlineImage(url: string): boolean {
  return /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/.test(url);
}

const fence = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)[^\n`]*$/;

/** Splits text at fenced code blocks; a fence that is never closed holds the rest. Empty text has no parts. */
export function textParts(text: string): Part[] {
  if (text === '') return [];
  if (!text.includes('```') && !text.includes('~~~')) return [{ kind: 'text', text }];
  const parts: Part[] = [];
  let open: { marker: string; language: string } | null = null;
  let lines: string[] = [];
  const flush = (): void => {
    const body = lines.join('\n');
    lines = [];
    if (open !== null) parts.push({ kind: 'code', text: body, language: open.language });
    else if (body.trim() !== '') parts.push({ kind: 'text', text: body });
  };
  for (const line of text.split('\n')) {
    const match = fence.exec(line);
    if (match === null) lines.push(line);
    else if (open === null) {
      flush();
      open = { marker: match[1] ?? '', language: match[2] ?? '' };
    } else if (line.trim().startsWith(open.marker) && match[2] === '') {
      flush();
      open = null;
    } else lines.push(line);
  }
  flush();
  return parts;
}

/** Text of a part that can be found. */
export function partText(part: Part): string {
  return part.kind === 'image' ? '' : part.text;
}

export interface Preview {
  readonly parts: readonly Part[];
  /** Of the whole; what a "Show all" button names. */
  readonly lines: number;
  readonly characters: number;
  readonly cut: boolean;
}

/** The beginning of a long text: at most `maxLines` lines and, where lines are long, as many characters as fill them. */
export function previewParts(parts: readonly Part[], maxLines: number): Preview {
  let linesLeft = maxLines;
  let charactersLeft = maxLines * 110;
  let lines = 0;
  let characters = 0;
  let cut = false;
  const kept: Part[] = [];
  for (const part of parts) {
    const text = partText(part);
    const partLines = part.kind === 'image' ? 8 : countLines(text);
    lines += partLines;
    characters += text.length;
    if (cut) continue;
    if (linesLeft <= 0 || charactersLeft <= 0) cut = true;
    else if (partLines > linesLeft || text.length > charactersLeft) {
      cut = true;
      if (part.kind !== 'image') kept.push({ ...part, text: firstLines(text, linesLeft).slice(0, charactersLeft) });
    } else kept.push(part);
    linesLeft -= partLines;
    charactersLeft -= text.length;
  }
  return { parts: cut ? kept : parts, lines, characters, cut };
}

export function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function firstLines(text: string, count: number): string {
  let at = -1;
  for (let line = 0; line < count; line++) {
    at = text.indexOf('\n', at + 1);
    if (at < 0) return text;
  }
  return text.slice(0, at);
}
