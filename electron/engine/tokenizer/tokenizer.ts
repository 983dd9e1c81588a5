import { Tokenizer } from '@huggingface/tokenizers';
import { AppError } from '#shared/errors.ts';
import { TimeLimitError, withinTime } from '../jobs/within-time.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '#shared/model/json.ts';
import { type Surface, tokenStarts } from './token-starts.ts';

export interface Encoded {
  readonly ids: readonly number[];
  /** Where in the text each token begins, in UTF-16 units; undefined where the tokenizer changes the text before it cuts it. */
  readonly starts: readonly number[] | undefined;
}

/** The tokenizer of a model, as its `tokenizer.json` describes it. Special tokens are those of the text: none is added. */
export interface TextTokenizer {
  readonly name: string;
  /** What it is, for people: "BPE, 151,643 tokens". */
  readonly about: string;
  /**
   * `deadline` is on the clock of `performance.now`: a pattern of the file may never end. Both fail with bad-input then, and where the
   * tokenizer fails.
   */
  encode(text: string, deadline: number): Encoded;
  count(text: string, deadline: number): number;
}

/** To make a tokenizer of half a million tokens takes some seconds on a busy machine. */
const makingMs = 30_000;

/** Reads a `tokenizer.json`. Fails with bad-input where it is none, or of a kind that is not known. */
export function readTokenizer(text: string, name: string): TextTokenizer {
  const file = parsed(text, name);
  const tokenizer = made(file, name);
  const surface = surfaceOf(file);
  const added = new Set([...tokenizer.get_added_tokens_decoder().values()].map(({ content }) => content));
  const encode = (given: string, deadline: number) => cut(name, deadline, () => tokenizer.encode(given, { add_special_tokens: false }));
  return {
    name,
    about: `${kindOf(file)}, ${tokenizer.get_vocab().size.toLocaleString('en-US')} tokens`,
    encode(given, deadline) {
      if (given === '') return { ids: [], starts: [] };
      const { ids, tokens } = encode(given, deadline);
      return { ids, starts: surface && tokenStarts(given, tokens, { surface, added }) };
    },
    count: (given, deadline) => (given === '' ? 0 : encode(given, deadline).ids.length),
  };
}

function cut<T>(name: string, deadline: number, work: () => T): T {
  try {
    return withinTime(deadline - performance.now(), work);
  } catch (cause) {
    if (cause instanceof TimeLimitError) throw new AppError('bad-input', endlessMessage(name), { cause });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('bad-input', `${name} fails to cut a text into tokens: ${why}`, { cause });
  }
}

const endlessMessage = (name: string): string =>
  `${name} takes too long to cut a text into tokens: a pattern in it may never end. Choose another tokenizer.json, or let lengths be estimated.`;

function parsed(text: string, name: string): JsonObject {
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('bad-input', `${name} is no tokenizer.json: it is no JSON.`, { cause });
  }
  if (isJsonObject(value) && isJsonObject(value['model'])) return value;
  const hint = name.endsWith('_config.json') ? ' The tokens are in tokenizer.json, beside it.' : '';
  throw new AppError('bad-input', `${name} is no tokenizer.json: it has no model.${hint}`);
}

function made(file: JsonObject, name: string): Tokenizer {
  try {
    const parts = { added_tokens: [], decoder: null, post_processor: null, pre_tokenizer: null, normalizer: null };
    return withinTime(makingMs, () => {
      const tokenizer = new Tokenizer({ ...parts, ...file }, {});
      tokenizer.encode('a');
      return tokenizer;
    });
  } catch (cause) {
    if (cause instanceof TimeLimitError) throw new AppError('bad-input', endlessMessage(name), { cause });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('bad-input', `${name} is of a kind that cannot be read here: ${why}`, { cause });
  }
}

/** As BPE, Unigram, WordPiece. */
function kindOf({ model }: JsonObject): string {
  const kind = isJsonObject(model) ? model['type'] : undefined;
  return typeof kind === 'string' ? kind : 'of an unknown kind';
}

/** How its tokens stand for texts; undefined where that cannot be told. */
function surfaceOf(file: JsonObject): Surface | undefined {
  const parts = [file['pre_tokenizer'], file['decoder'], file['normalizer']].map((part) => JSON.stringify(part ?? null));
  if (parts.some((part) => part.includes('"ByteLevel"'))) return 'bytes';
  if (parts.some((part) => part.includes('▁'))) return 'metaspace';
  return kindOf(file) === 'WordPiece' ? 'word-pieces' : 'plain';
}
