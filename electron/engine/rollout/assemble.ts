import { isJsonObject, type JsonObject, type JsonValue } from '#shared/model/json.ts';
import type { Finding } from '#shared/model/problem.ts';
import { readContent, textOf } from './content.ts';
import type { AssistantDraft, Call, Draft, Item, Piece } from './draft.ts';
import { finding } from './rules.ts';

export interface Assembly {
  readonly drafts: Draft[];
  readonly unknownItems: JsonValue[];
}

/**
 * Items → messages, as Gym's converter does it: reasoning, text and calls in a row are one assistant message, which any other
 * item ends. Items are Responses items or chat messages. What is neither goes to `unknownItems` and ends nothing.
 */
export function assemble(items: readonly Item[], fromPrompt: boolean, findings: Finding[]): Assembly {
  const drafts: Draft[] = [];
  const unknownItems: JsonValue[] = [];
  let pieces: Piece[] = [];
  let calls: Call[] = [];
  let open = false;

  const flush = (): void => {
    if (open) drafts.push({ role: 'assistant', fromPrompt, pieces, calls });
    pieces = [];
    calls = [];
    open = false;
  };
  const speak = (said: readonly Piece[], called: readonly Call[]): void => {
    pieces.push(...said);
    calls.push(...called);
    open = true;
  };
  const add = (draft: Draft): void => {
    flush();
    drafts.push(draft);
  };

  for (const { value, at } of items) {
    const kind = isJsonObject(value) ? kindOf(value) : undefined;
    if (!isJsonObject(value) || kind === undefined) {
      unknownItems.push(value);
      findings.push(finding('item/unknown-type', `An item ${describe(value)}.`, at));
      continue;
    }
    switch (kind) {
      case 'reasoning':
        speak(reasoningPieces(value), []);
        break;
      case 'function_call':
        speak([], [readCall(value, at)]);
        break;
      case 'function_call_output':
        add({ role: 'tool', fromPrompt, content: readContent(value['output'], `${at}.output`, findings), ...idOf(value['call_id']), at });
        break;
      case 'assistant':
        speak(assistantPieces(value, at, findings), inlineCalls(value, at));
        break;
      case 'tool':
        add({
          role: 'tool',
          fromPrompt,
          content: readContent(value['content'], `${at}.content`, findings),
          ...idOf(value['tool_call_id']),
          at,
        });
        break;
      case 'system':
      case 'developer':
      case 'user':
        add({ role: kind, fromPrompt, content: readContent(value['content'], `${at}.content`, findings) });
        break;
    }
  }
  flush();
  return { drafts, unknownItems };
}

/** Two stretches of a conversation as one: an assistant who speaks across the border says one message. */
export function joinDrafts(first: readonly Draft[], second: readonly Draft[]): Draft[] {
  const last = first.at(-1);
  const [next, ...rest] = second;
  if (last?.role !== 'assistant' || next?.role !== 'assistant') return [...first, ...second];
  const merged: AssistantDraft = {
    role: 'assistant',
    fromPrompt: false,
    pieces: [...last.pieces, ...next.pieces],
    calls: [...last.calls, ...next.calls],
  };
  return [...first.slice(0, -1), merged, ...rest];
}

const itemTypes = ['reasoning', 'function_call', 'function_call_output'] as const;
const roles = ['system', 'developer', 'user', 'assistant', 'tool'] as const;

function kindOf(item: JsonObject): (typeof itemTypes)[number] | (typeof roles)[number] | undefined {
  const { type, role } = item;
  if (type === undefined || type === null || type === '' || type === 'message') return roles.find((known) => known === role);
  return itemTypes.find((known) => known === type);
}

function describe(item: JsonValue): string {
  if (!isJsonObject(item)) return 'that is no object';
  const { type, role } = item;
  if (typeof type === 'string' && type !== '' && type !== 'message') return `of type ${type}`;
  return typeof role === 'string' ? `with the role ${role}` : 'without type and role';
}

/** The summary is what Gym passes on; where it is empty, the reasoning itself, which newer servers send as `content`. */
function reasoningPieces(item: JsonObject): Piece[] {
  const summary = texts(item['summary']);
  return summary.length > 0 ? reasoning(summary, false) : reasoning(texts(item['content']), true);
}

function reasoning(said: readonly string[], ours: boolean): Piece[] {
  return said.map((text) => ({ kind: 'reasoning', text, ours }));
}

function texts(parts: JsonValue | undefined): string[] {
  if (!Array.isArray(parts)) return [];
  return parts.flatMap((part) => (isJsonObject(part) ? [textOf(part['text'])] : [])).filter((text) => text !== '');
}

/** Chat messages carry their reasoning beside the content, under one of three names. */
function assistantPieces(item: JsonObject, at: string, findings: Finding[]): Piece[] {
  const beside = ['reasoning_content', 'reasoning', 'thinking']
    .map((key) => item[key])
    .find((value) => typeof value === 'string' && value !== '');
  return [...reasoning(typeof beside === 'string' ? [beside] : [], true), ...contentPieces(item['content'], `${at}.content`, findings)];
}

function contentPieces(content: JsonValue | undefined, at: string, findings: Finding[]): Piece[] {
  if (!Array.isArray(content)) return text(textOf(content));
  return content.flatMap((part, index): Piece[] => {
    if (typeof part === 'string') return text(part);
    if (!isJsonObject(part)) return [];
    if (part['type'] === 'refusal') {
      findings.push(finding('content/refusal', 'The model refused.', `${at}[${index}]`));
      return [{ kind: 'text', text: textOf(part['refusal']), ours: true }];
    }
    if (part['text'] === undefined)
      findings.push(finding('content/unknown-part', `A part of type ${textOf(part['type'])}.`, `${at}[${index}]`));
    return text(textOf(part['text']));
  });
}

function text(said: string): Piece[] {
  return said === '' ? [] : [{ kind: 'text', text: said, ours: false }];
}

function readCall(item: JsonObject, at: string): Call {
  return {
    ...callId(item['call_id'] ?? item['id']),
    name: textOf(item['name']),
    arguments: argumentsOf(item['arguments']),
    at: `${at}.arguments`,
  };
}

function inlineCalls(item: JsonObject, at: string): Call[] {
  const list = item['tool_calls'];
  if (!Array.isArray(list)) return [];
  return list.flatMap((call, index): Call[] => {
    if (!isJsonObject(call)) return [];
    const inner = isJsonObject(call['function']) ? call['function'] : call;
    const place = `${at}.tool_calls[${index}].function.arguments`;
    return [{ ...callId(call['id']), name: textOf(inner['name']), arguments: argumentsOf(inner['arguments']), at: place }];
  });
}

function argumentsOf(value: JsonValue | undefined): string | JsonObject {
  return isJsonObject(value) ? value : textOf(value);
}

function callId(id: JsonValue | undefined): { id?: string } {
  return typeof id === 'string' && id !== '' ? { id } : {};
}

function idOf(id: JsonValue | undefined): { callId?: string } {
  return typeof id === 'string' && id !== '' ? { callId: id } : {};
}
