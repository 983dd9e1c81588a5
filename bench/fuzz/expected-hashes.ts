import { hashList, hashNumber, hashObject, hashPair, hashText, hashWords, keptHash } from '../../electron/engine/scan/reference/hash.ts';
import { entries, isObject, NumberToken, own } from './parsed.ts';

const tokens = ['prompt_token_ids', 'generation_token_ids', 'generation_log_probs', 'routed_experts'];

/** Hashes of the prompt, the tools and the answer, of the parsed row; undefined where there is none. */
export function expectedHashes(row: object): Record<'prompt' | 'tools' | 'answer', number | undefined> {
  const request = own(row, 'responses_create_params');
  const [input, instructions, tools] = ['input', 'instructions', 'tools'].map((key) => own(request, key) ?? null);
  const output = own(own(row, 'response'), 'output');
  return {
    prompt:
      typeof input === 'string' || Array.isArray(input)
        ? keptHash(hashPair(hashOf(input), instructions === null ? 0n : hashOf(instructions)))
        : undefined,
    tools: tools === null ? undefined : keptHash(hashOf(tools)),
    answer: Array.isArray(output)
      ? keptHash(hashOf(output.map((item) => (Array.isArray(item) ? item.map(withoutVolatile) : withoutVolatile(item)))))
      : undefined,
  };
}

function hashOf(value: unknown): bigint {
  if (value === null) return hashWords.null;
  if (typeof value === 'boolean') return value ? hashWords.true : hashWords.false;
  if (typeof value === 'string') return hashText(value);
  if (value instanceof NumberToken) return hashNumber(value.source);
  if (Array.isArray(value)) return hashList(value.map(hashOf));
  return hashObject(new Map(entries(value).map(([key, member]) => [key, hashOf(member)])));
}

function without(value: unknown, keys: readonly string[]): unknown {
  return isObject(value) ? Object.fromEntries(entries(value).filter(([key]) => !keys.includes(key))) : value;
}

/** An item of an output without what differs between equal answers. */
function withoutVolatile(item: unknown): unknown {
  const rest = without(item, ['id', 'call_id', 'tool_call_id', 'status', 'logprobs', ...tokens]);
  if (!isObject(rest)) return rest;
  return Object.fromEntries(
    entries(rest).map(([key, value]) => {
      const keys = key === 'content' ? ['logprobs'] : key === 'tool_calls' ? ['id'] : [];
      return [key, Array.isArray(value) ? value.map((part) => without(part, keys)) : value];
    }),
  );
}
