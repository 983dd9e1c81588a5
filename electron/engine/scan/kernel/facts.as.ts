// Facts of a row that no single key holds: turns, tool calls, user messages, the last prompt and answer, the model.
// The items of a list come in any order of their keys, so an item is judged when it is done. A key that comes again takes
// back what it said before: JSON.parse keeps the last of equal keys, and so do we.
import { K_BOOLEAN, K_NULL, K_STRING, NO_CODE, M_CONTENT, M_CONTENT_PART, M_INCOMPLETE, M_INNER_ITEM, M_INPUT, M_INPUT_ITEM, M_MESSAGES, M_MESSAGES_ITEM, M_OUTPUT,
  M_OUTPUT_ITEM, M_REQUEST, M_REQUEST_MODEL, M_RESPONSE, M_RESPONSE_MODEL, M_ROLE, M_SUMMARY, M_SUMMARY_PART, M_TEXT, M_TOOL, M_TOOLS, M_TYPE } from "./kinds.as";
import { cell, internFor, numberCell, placeCell } from "./cells.as";
import { DECODED } from "./memory.as";
import { decode, hasBackslash } from "./text.as";

const NONE: f64 = -1;

// Types of items and roles of messages.
const T_NONE: u32 = 0, T_MESSAGE: u32 = 1, T_REASONING: u32 = 2, T_CALL: u32 = 3, T_CALL_OUTPUT: u32 = 4, T_OTHER: u32 = 5;
const R_NONE: u32 = 0, R_ASSISTANT: u32 = 1, R_USER: u32 = 2, R_OTHER: u32 = 3;

// Columns the facts are reported in.
let turnsNode: u32 = 0, userTurnsNode: u32 = 0, toolsNode: u32 = 0, offeredNode: u32 = 0, modelNode: u32 = 0, promptNode: u32 = 0, answerNode: u32 = 0;

// The row.
let any: bool = false;
let hasOutput: bool = false, nested: bool = false, turns: u32 = 0, turnSpeaks: bool = false, calls: u32 = 0, outputUsers: u32 = 0, answer: f64 = NONE;
let hasInput: bool = false, inputUsers: u32 = 0, prompt: f64 = NONE;
let hasMessages: bool = false, messagesPrompt: f64 = NONE;
let offered: i32 = -1;
let responseModel: f64 = NONE, responseModelCode: u32 = 0, requestModel: f64 = NONE, requestModelCode: u32 = 0;

// The item; a text is known by its file offset.
let itemType: u32 = T_NONE, itemRole: u32 = R_NONE, itemText: f64 = NONE, contentIsList: bool = false, hasSummary: bool = false;
let partText: f64 = NONE;

export function setNodes(turnsId: u32, userTurnsId: u32, toolsId: u32, offeredId: u32, modelId: u32, promptId: u32, answerId: u32): void {
  turnsNode = turnsId; userTurnsNode = userTurnsId; toolsNode = toolsId; offeredNode = offeredId;
  modelNode = modelId; promptNode = promptId; answerNode = answerId;
}

function forgetOutput(): void { hasOutput = false; nested = false; turns = 0; turnSpeaks = false; calls = 0; outputUsers = 0; answer = NONE; }
function forgetInput(): void { hasInput = false; inputUsers = 0; prompt = NONE; }
function forgetMessages(): void { hasMessages = false; messagesPrompt = NONE; }

/** Forgets the row. */
export function forget(): void {
  if (!any) return;
  any = false;
  forgetOutput(); forgetInput(); forgetMessages();
  offered = -1; responseModel = NONE; requestModel = NONE;
}

/** A key with a meaning was read; its value follows. */
export function keySeen(meaning: u32): void {
  any = true;
  switch (meaning) {
    case M_RESPONSE: forgetOutput(); responseModel = NONE; break;
    case M_OUTPUT: forgetOutput(); break;
    case M_REQUEST: forgetInput(); offered = -1; requestModel = NONE; break;
    case M_INPUT: forgetInput(); break;
    case M_MESSAGES: forgetMessages(); break;
    case M_TOOLS: offered = -1; break;
    case M_RESPONSE_MODEL: responseModel = NONE; break;
    case M_REQUEST_MODEL: requestModel = NONE; break;
    case M_TYPE: itemType = T_NONE; break;
    case M_ROLE: itemRole = R_NONE; break;
    case M_CONTENT: itemText = NONE; contentIsList = false; break;
    case M_SUMMARY: hasSummary = false; break;
    case M_TEXT: partText = NONE; break;
  }
}

/** Whether the bytes of such a string are wanted, not only its place. */
// @ts-ignore: decorator
@inline export function wantsBytes(meaning: u32): bool {
  return meaning == M_TYPE || meaning == M_ROLE || meaning == M_RESPONSE_MODEL || meaning == M_REQUEST_MODEL;
}

// @ts-ignore: decorator
@inline function is(p: usize, n: usize, word: string): bool {
  if (n != <usize>word.length) return false;
  for (let i = 0; i < word.length; i++) if (load<u8>(p + <usize>i) != <u8>word.charCodeAt(i)) return false;
  return true;
}

function typeOf(p: usize, n: usize): u32 {
  if (is(p, n, "message")) return T_MESSAGE;
  if (is(p, n, "function_call")) return T_CALL;
  if (is(p, n, "function_call_output")) return T_CALL_OUTPUT;
  return is(p, n, "reasoning") ? T_REASONING : T_OTHER;
}

/** A string with a meaning. Its n bytes are at p where wantsBytes, else only their number counts (and p means nothing). */
export function stringSeen(id: u32, meaning: u32, p: usize, n: f64, offset: f64): void {
  switch (meaning) {
    case M_TYPE: case M_ROLE: {
      let length = <usize>n;
      if (hasBackslash(p, length)) { length = decode(p, length); p = DECODED; }
      if (meaning == M_TYPE) itemType = typeOf(p, length);
      else itemRole = is(p, length, "assistant") ? R_ASSISTANT : is(p, length, "user") ? R_USER : R_OTHER;
      break;
    }
    case M_CONTENT: if (n > 0) itemText = offset; break;
    case M_TEXT: if (n > 0) partText = offset; break;
    case M_INPUT: hasInput = true; inputUsers = 1; if (n > 0) prompt = offset; break;
    case M_RESPONSE_MODEL: responseModelCode = internFor(modelNode, p, <usize>n); responseModel = offset; break;
    case M_REQUEST_MODEL: requestModelCode = internFor(modelNode, p, <usize>n); requestModel = offset; break;
    case M_TOOL: offered++; break;
    case M_INCOMPLETE: cell(id, K_BOOLEAN, 0, offset); break;
  }
}

/** A type, role or model too long to be kept. */
export function longStringSeen(meaning: u32, offset: f64): void {
  switch (meaning) {
    case M_TYPE: itemType = T_OTHER; break;
    case M_ROLE: itemRole = R_OTHER; break;
    case M_RESPONSE_MODEL: responseModelCode = NO_CODE; responseModel = offset; break;
    case M_REQUEST_MODEL: requestModelCode = NO_CODE; requestModel = offset; break;
  }
}

/** A number, boolean or null with a meaning. */
export function scalarSeen(id: u32, meaning: u32, kind: u32, offset: f64): void {
  if (meaning == M_TOOL) offered++;
  else if (meaning == M_INCOMPLETE) cell(id, K_BOOLEAN, 0, offset);
  else if (meaning == M_TYPE) itemType = kind == K_NULL ? T_NONE : T_OTHER;
}

export function objectSeen(id: u32, meaning: u32, offset: f64): void {
  switch (meaning) {
    case M_OUTPUT_ITEM: case M_INNER_ITEM: case M_INPUT_ITEM: case M_MESSAGES_ITEM:
      itemType = T_NONE; itemRole = R_NONE; itemText = NONE; contentIsList = false; hasSummary = false;
      break;
    case M_CONTENT_PART: case M_SUMMARY_PART: partText = NONE; break;
    case M_TOOL: offered++; break;
    case M_INCOMPLETE: cell(id, K_BOOLEAN, reinterpret<u64>(1.0), offset); break;
    case M_TYPE: itemType = T_OTHER; break;
  }
}

export function arraySeen(id: u32, meaning: u32, offset: f64): void {
  switch (meaning) {
    case M_OUTPUT: hasOutput = true; break;
    case M_INPUT: hasInput = true; break;
    case M_MESSAGES: hasMessages = true; break;
    case M_TOOLS: offered = 0; break;
    // A list within the output is the whole history so far: only the last one counts.
    case M_OUTPUT_ITEM: forgetOutput(); hasOutput = true; nested = true; break;
    case M_CONTENT: contentIsList = true; break;
    case M_TOOL: offered++; break;
    case M_INCOMPLETE: cell(id, K_BOOLEAN, 0, offset); break;
    case M_TYPE: itemType = T_OTHER; break;
  }
}

function endTurn(): void { if (turnSpeaks) turns++; turnSpeaks = false; }

function outputItem(type: u32): void {
  switch (type) {
    case T_MESSAGE:
      if (itemRole == R_ASSISTANT) { if (itemText != NONE) { turnSpeaks = true; answer = itemText; } break; }
      endTurn();
      if (itemRole == R_USER) outputUsers++;
      break;
    case T_REASONING: if (hasSummary || (contentIsList && itemText != NONE)) turnSpeaks = true; break;
    case T_CALL: calls++; turnSpeaks = true; break;
    case T_CALL_OUTPUT: endTurn(); break;
  }
}

/** An item or a part of one has been read whole. */
export function objectDone(meaning: u32): void {
  if (meaning == M_CONTENT_PART) { if (partText != NONE) itemText = partText; return; }
  if (meaning == M_SUMMARY_PART) { if (partText != NONE) hasSummary = true; return; }
  const type = itemType == T_NONE && itemRole != R_NONE ? T_MESSAGE : itemType;
  if (type == T_MESSAGE && itemRole == R_NONE) return; // nobody said it
  if (meaning == M_OUTPUT_ITEM ? !nested : meaning == M_INNER_ITEM) { outputItem(type); return; }
  if (type != T_MESSAGE || itemRole != R_USER) return;
  if (meaning == M_INPUT_ITEM) { inputUsers++; if (itemText != NONE) prompt = itemText; }
  else if (meaning == M_MESSAGES_ITEM && itemText != NONE) messagesPrompt = itemText;
}

/** Reports the facts of a valid row and forgets them. */
export function report(): void {
  if (!any) return;
  if (hasOutput) {
    endTurn();
    numberCell(turnsNode, <f64>turns, 0);
    numberCell(toolsNode, <f64>calls, 0);
    if (answer != NONE) placeCell(answerNode, answer);
  }
  if (hasInput || hasOutput) numberCell(userTurnsNode, <f64>(inputUsers + outputUsers), 0);
  if (!hasInput && hasMessages) prompt = messagesPrompt;
  if (prompt != NONE) placeCell(promptNode, prompt);
  if (offered >= 0) numberCell(offeredNode, <f64>offered, 0);
  if (responseModel != NONE) cell(modelNode, K_STRING, <u64>responseModelCode, responseModel);
  else if (requestModel != NONE) cell(modelNode, K_STRING, <u64>requestModelCode, requestModel);
  forget();
}
