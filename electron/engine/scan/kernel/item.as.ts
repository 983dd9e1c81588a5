// One item of a conversation: what it is, says, thinks, calls and shows. Its keys come in any order, so it is judged when it is
// done; a key that comes again takes back what it said before.
import { K_NULL, M_CALL, M_CALL_RESULT, M_CALLS, M_CONTENT, M_CONTENT_PART, M_ITEM_TOKENS, M_OUTPUT_TYPE, M_PART_TYPE, M_REFUSAL, M_RESULT_PART, M_ROLE, M_SUMMARY,
  M_SUMMARY_PART, M_TEXT, M_THOUGHT, M_TYPE, T_CALL, T_CALL_OUTPUT, T_MESSAGE, T_OTHER, T_REASONING } from "./kinds.as";
import { knownTypeOf, typeOf } from "./item-counts.as";
import { DECODED } from "./memory.as";
import { meaningOf } from "./nodes.as";
import * as names from "./names.as";
import { decode, hasBackslash, is } from "./text.as";

/** In place of the file offset of a text: there is none. */
export const NONE: f64 = -1;

/** Roles of messages; the number is that of the word in roles.as.ts, from 1. */
export const R_NONE: u32 = 0, R_SYSTEM: u32 = 1, R_DEVELOPER: u32 = 2, R_USER: u32 = 3, R_ASSISTANT: u32 = 4, R_TOOL: u32 = 5;

/** Nodes of the types that are needed without a name. */
let messages: u32 = 0, others: u32 = 0;

/** The node of its type; one without a type is a message. */
export let type: u32 = 0;
/** The last text of its content, by its offset in the file. */
export let text: f64 = NONE;
let role: u32 = R_NONE, thoughts: u32 = 0, calls: bool = false, tokens: u32 = 0;
let contentThinks: bool = false, summaryThinks: bool = false, contentShows: bool = false, resultShows: bool = false;
let partText: f64 = NONE, partRefusal: f64 = NONE, partIsImage: bool = false;

export function setNodes(messageItems: u32, otherItems: u32): void { messages = messageItems; others = otherItems; }

/** Of several keys with one meaning, which were defined one after the other. */
// @ts-ignore: decorator
@inline export function bitOf(id: u32): u32 { return <u32>1 << (id & 31); }

export function begin(): void {
  type = messages; role = R_NONE; text = NONE; thoughts = 0; calls = false; tokens = 0;
  contentThinks = false; summaryThinks = false; contentShows = false; resultShows = false;
  names.beginItem();
}

/** Who says it: the role of a message, the assistant of its thoughts and calls, the tool of what a call gave; R_NONE where it is no part of a conversation. */
export function speaker(): u32 {
  switch (meaningOf(type)) {
    case T_MESSAGE: return role;
    case T_REASONING: case T_CALL: return R_ASSISTANT;
    case T_CALL_OUTPUT: return R_TOOL;
  }
  return R_NONE;
}
export function isMessage(): bool { return meaningOf(type) == T_MESSAGE; }
/** Whether it says, thinks or calls something, if the assistant says it. */
export function speaks(): bool {
  switch (meaningOf(type)) {
    case T_CALL: return true;
    case T_REASONING: return summaryThinks || contentThinks;
  }
  return text != NONE || thoughts != 0 || calls;
}
export function hasImages(): bool { return contentShows || resultShows; }
export function hasTokens(): bool { return tokens != 0; }

export function keySeen(id: u32, meaning: u32): void {
  switch (meaning) {
    case M_TYPE: case M_OUTPUT_TYPE: type = messages; break;
    case M_ROLE: role = R_NONE; break;
    case M_CONTENT: text = NONE; contentThinks = false; contentShows = false; break;
    case M_SUMMARY: summaryThinks = false; break;
    case M_CALL_RESULT: resultShows = false; break;
    case M_CALLS: calls = false; names.forgetCalls(); break;
    case M_TEXT: partText = NONE; break;
    case M_REFUSAL: partRefusal = NONE; break;
    case M_PART_TYPE: partIsImage = false; break;
    case M_THOUGHT: thoughts &= ~bitOf(id); break;
    case M_ITEM_TOKENS: tokens &= ~bitOf(id); break;
  }
}

function roleOf(p: usize, n: usize): u32 {
  if (is(p, n, "assistant")) return R_ASSISTANT;
  if (is(p, n, "user")) return R_USER;
  if (is(p, n, "system")) return R_SYSTEM;
  if (is(p, n, "tool")) return R_TOOL;
  return is(p, n, "developer") ? R_DEVELOPER : R_NONE;
}

export function stringSeen(id: u32, meaning: u32, p: usize, n: f64, offset: f64): void {
  switch (meaning) {
    case M_TYPE: case M_OUTPUT_TYPE: case M_ROLE: case M_PART_TYPE: {
      let length = <usize>n;
      if (hasBackslash(p, length)) { length = decode(p, length); p = DECODED; }
      if (meaning == M_ROLE) role = roleOf(p, length);
      else if (meaning == M_PART_TYPE) partIsImage = is(p, length, "input_image") || is(p, length, "image_url") || is(p, length, "image");
      else if (length != 0) type = meaning == M_TYPE ? knownTypeOf(p, length) : typeOf(p, length);
      break;
    }
    case M_CONTENT: case M_CONTENT_PART: if (n > 0) text = offset; break;
    case M_TEXT: if (n > 0) partText = offset; break;
    case M_REFUSAL: if (n > 0) partRefusal = offset; break;
    case M_THOUGHT: if (n > 0) thoughts |= bitOf(id); break;
  }
}
/** A type or role too long to be kept. */
export function longStringSeen(meaning: u32): void { if (meaning == M_TYPE || meaning == M_OUTPUT_TYPE) type = others; }
export function scalarSeen(meaning: u32, kind: u32): void { if ((meaning == M_TYPE || meaning == M_OUTPUT_TYPE) && kind != K_NULL) type = others; }

export function objectSeen(meaning: u32): void {
  switch (meaning) {
    case M_CONTENT_PART: case M_SUMMARY_PART: case M_RESULT_PART: partText = NONE; partRefusal = NONE; partIsImage = false; break;
    case M_CALL: calls = true; names.beginCall(); break;
    case M_TYPE: case M_OUTPUT_TYPE: type = others; break;
  }
}
export function arraySeen(id: u32, meaning: u32): void {
  switch (meaning) {
    case M_TYPE: case M_OUTPUT_TYPE: type = others; break;
    case M_ITEM_TOKENS: tokens |= bitOf(id); break;
  }
}

export function partDone(meaning: u32): void {
  switch (meaning) {
    case M_CONTENT_PART:
      if (partText != NONE) { text = partText; contentThinks = true; }
      else if (partRefusal != NONE) text = partRefusal;
      if (partIsImage) contentShows = true;
      break;
    case M_SUMMARY_PART: if (partText != NONE) summaryThinks = true; break;
    case M_RESULT_PART: if (partIsImage) resultShows = true; break;
    case M_CALL: names.objectDone(meaning); break;
  }
}
