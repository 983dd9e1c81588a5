import type { Random } from './random.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** An item of a Responses request or output. */
export type Item = { readonly [key: string]: Json };

/** Items as OpenAI's Responses API writes them, ids made up. */
export const said = {
  to: (role: 'system' | 'developer' | 'user', content: string): Item => ({ role, content, type: 'message' }),

  assistant: (random: Random, text: string): Item => ({
    id: `msg_${random.hex(24)}`,
    content: [{ annotations: [], text, type: 'output_text', logprobs: null }],
    role: 'assistant',
    status: 'completed',
    type: 'message',
  }),

  reasoning: (random: Random, text: string): Item => ({
    id: `rs_${random.hex(24)}`,
    summary: [{ text, type: 'summary_text' }],
    type: 'reasoning',
    encrypted_content: null,
  }),

  call: (random: Random, name: string, args: Item): Item => ({
    arguments: JSON.stringify(args),
    call_id: `call_${random.hex(16)}`,
    name,
    type: 'function_call',
    id: `fc_${random.hex(16)}`,
    status: 'completed',
  }),

  output: (call: Item, output: string): Item => ({
    call_id: call['call_id'] ?? null,
    output,
    type: 'function_call_output',
    id: null,
    status: null,
  }),
};

/** A tool of the request, in the flat form of the Responses API. Every parameter is required. */
export function tool(name: string, description: string, parameters: { readonly [name: string]: 'string' | 'number' | 'integer' }): Item {
  const properties = Object.fromEntries(
    Object.entries(parameters).map(([key, type]) => [key, { type, description: key.replaceAll('_', ' ') }]),
  );
  return {
    name,
    parameters: { type: 'object', properties, required: Object.keys(parameters), additionalProperties: false },
    strict: true,
    type: 'function',
    description,
  };
}
