import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
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
export function templateFile(file: string): Promise<Omit<Read<ChatTemplate>, 'stamp'>> {
  return read(templates, file, (text, name) => {
    const value = readChatTemplate(text, name);
    return { value, about: value.hasGeneration ? 'chat template with generation marks' : 'chat template' };
  });
}

/** The tokenizer in a `tokenizer.json`. Fails alike. */
export function tokenizerFile(file: string): Promise<Omit<Read<TextTokenizer>, 'stamp'>> {
  return read(tokenizers, file, (text, name) => {
    const value = readTokenizer(text, name);
    return { value, about: value.about };
  });
}

/** Tokenizers take a second to make, and are asked for at each example: the last one of each kind is kept while its file is as it was. */
async function read<T>(known: Map<string, Read<T>>, file: string, parse: (text: string, name: string) => { value: T; about: string }) {
  const name = path.basename(file);
  const handle = await open(file).catch((cause: unknown) => {
    throw new AppError('unreadable', `${name} cannot be read: is it there?`, { cause });
  });
  try {
    const stat = await handle.stat();
    const { size, mtimeMs, ino } = stat;
    if (!stat.isFile()) throw new AppError('bad-input', `${name} is no file.`);
    if (size > mostBytes) throw new AppError('bad-input', `${name} is larger than 128 MB: it is neither a template nor a tokenizer.`);
    const stamp = `${size} ${mtimeMs} ${ino}`;
    const last = known.get(file);
    if (last?.stamp === stamp) return last;
    const bytes = await handle.readFile();
    const { value, about } = parse(bytes.toString('utf8'), name);
    const made = { stamp, value, file: { name, about, sha256: createHash('sha256').update(bytes).digest('hex') } };
    known.clear();
    known.set(file, made);
    return made;
  } finally {
    await handle.close();
  }
}
