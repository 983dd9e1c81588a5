import { AppError } from '#shared/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '#shared/model/json.ts';
import { ChatTemplate, type SpecialTokens } from './chat-template.ts';

/**
 * The template of a `chat_template.jinja`, or of a `tokenizer_config.json`, which names special tokens as well. Fails with bad-input
 * where there is none, or it cannot be read.
 */
export function readChatTemplate(text: string, name: string): ChatTemplate {
  if (!name.endsWith('.json')) return new ChatTemplate(text, { name });
  const config = parsed(text, name);
  const source = templateOf(config['chat_template']);
  if (source === undefined)
    throw new AppError(
      'bad-input',
      `${name} has no chat_template. Newer tokenizers keep it in chat_template.jinja beside it: choose that.`,
    );
  return new ChatTemplate(source, { name, tokens: specialTokens(config) });
}

function parsed(text: string, name: string): JsonObject {
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('bad-input', `${name} is no JSON. Choose a chat_template.jinja or a tokenizer_config.json.`, { cause });
  }
  if (isJsonObject(value)) return value;
  throw new AppError('bad-input', `${name} is no tokenizer_config.json: it is no JSON object.`);
}

/** One template, or several by name, of which transformers takes `default` (and `tool_use` where there are tools). */
function templateOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return undefined;
  const named = value.filter(isJsonObject);
  const source = (named.find(({ name }) => name === 'default') ?? named[0])?.['template'];
  return typeof source === 'string' ? source : undefined;
}

function specialTokens(config: JsonObject): SpecialTokens {
  const texts = Object.entries(config).flatMap(([name, value]): [string, string][] => {
    if (!name.endsWith('_token')) return [];
    const text = isJsonObject(value) ? value['content'] : value;
    return typeof text === 'string' ? [[name, text]] : [];
  });
  return Object.fromEntries(texts);
}
