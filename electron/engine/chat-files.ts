import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/errors.ts';
import type { ChatFile } from '#shared/model/training.ts';
import { type ChatTemplate, readChatTemplate } from './chat-template/index.ts';
import { readTokenizer, type TextTokenizer } from './tokenizer/index.ts';

/** Larger than any tokenizer there is. */
const mostBytes = 128 << 20;

interface Read<T> {
  readonly stamp: string;
  readonly file: ChatFile;
  readonly value: T;
}

const templates = new Map<string, Read<ChatTemplate>>();
const tokenizers = new Map<string, Read<TextTokenizer>>();

/** The template in a `chat_template.jinja` or `tokenizer_config.json`. Fails with `unreadable`, and with bad-input where it is none. */
export function templateFile(file: string): Omit<Read<ChatTemplate>, 'stamp'> {
  return read(templates, file, (text, name) => {
    const value = readChatTemplate(text, name);
    return { value, about: value.hasGeneration ? 'chat template with generation marks' : 'chat template' };
  });
}

/** The tokenizer in a `tokenizer.json`. Fails alike. */
export function tokenizerFile(file: string): Omit<Read<TextTokenizer>, 'stamp'> {
  return read(tokenizers, file, (text, name) => {
    const value = readTokenizer(text, name);
    return { value, about: value.about };
  });
}

/** Tokenizers take a second to make, and are asked for at each example: the last one of each kind is kept while its file is as it was. */
function read<T>(known: Map<string, Read<T>>, file: string, parse: (text: string, name: string) => { value: T; about: string }): Read<T> {
  const name = path.basename(file);
  const descriptor = opened(file, name);
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) throw new AppError('bad-input', `${name} is no file.`);
    if (stat.size > mostBytes) throw new AppError('bad-input', `${name} is larger than 128 MB: it is neither a template nor a tokenizer.`);
    const stamp = `${stat.size} ${stat.mtimeMs} ${stat.ino}`;
    const last = known.get(file);
    if (last?.stamp === stamp) return last;
    const bytes = readFileSync(descriptor);
    const { value, about } = parse(bytes.toString('utf8'), name);
    const made = { stamp, value, file: { name, about, sha256: createHash('sha256').update(bytes).digest('hex') } };
    known.clear();
    known.set(file, made);
    return made;
  } finally {
    closeSync(descriptor);
  }
}

function opened(file: string, name: string): number {
  try {
    // Not to wait at a pipe that nobody writes to.
    return openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    throw new AppError('unreadable', `${name} cannot be read: is it there?`, { cause });
  }
}
