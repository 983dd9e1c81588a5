import { z } from 'zod';
import type { JsonValue } from './json.ts';

export type { JsonObject, JsonValue } from './json.ts';

/** A value that travels. In the engine it may hold a JsonNumber as well: the command line writes those as they were. */
const json: z.ZodType<JsonValue> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(z.string(), json)]),
);
export const jsonValue = json;

/** A part of a message whose content is a list: text, or an image or video by URL (never fetched). */
export const contentPart = z.looseObject({ type: z.string() });
export type ContentPart = z.infer<typeof contentPart>;

/** `arguments` is the parsed object; text that is no JSON object stays the raw string and is a problem. */
export const toolCall = z.object({
  id: z.string().optional(),
  type: z.literal('function'),
  function: z.object({ name: z.string(), arguments: z.union([z.string(), z.record(z.string(), json)]) }),
});
export type ToolCall = z.infer<typeof toolCall>;

/** A message of the canonical conversation; absent keys are absent, never null. */
export const message = z.object({
  role: z.enum(['system', 'user', 'assistant', 'tool']),
  content: z.union([z.string(), z.array(contentPart)]),
  reasoning_content: z.string().optional(),
  tool_calls: z.array(toolCall).optional(),
  tool_call_id: z.string().optional(),
  name: z.string().optional(),
});
export type Message = z.infer<typeof message>;

/** A tool in nested chat form, without `strict`. */
export const tool = z.looseObject({ type: z.string() });
export type Tool = z.infer<typeof tool>;
