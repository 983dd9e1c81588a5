import type { JsonObject, JsonValue } from '#shared/model/json.ts';
import type { Content } from './content.ts';

/** An item of the row, still as the file has it, and its path. */
export interface Item {
  readonly value: JsonValue;
  readonly at: string;
}

/** A stretch of what an assistant said. What Gym's converter does not pass on (`ours`) is left out of its form. */
export interface Piece {
  readonly kind: 'text' | 'reasoning';
  readonly text: string;
  readonly ours: boolean;
}

export interface Call {
  readonly id?: string;
  readonly name: string;
  /** As the file has them: JSON text, or already an object where the row is in chat form. */
  readonly arguments: string | JsonObject;
  readonly at: string;
}

/** A message on its way, before any target decides how reasoning, arguments and empty content are written. */
export type Draft = { readonly fromPrompt: boolean } & (
  | { readonly role: 'system' | 'developer' | 'user'; readonly content: Content }
  | { readonly role: 'assistant'; readonly pieces: readonly Piece[]; readonly calls: readonly Call[] }
  | { readonly role: 'tool'; readonly content: Content; readonly callId?: string; readonly at: string }
);
export type AssistantDraft = Extract<Draft, { role: 'assistant' }>;
