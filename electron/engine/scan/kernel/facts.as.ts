// Facts of a row that no single key holds: turns, tool calls, user messages, the last prompt and answer, the model.
// The items of a list come in any order of their keys, so an item is judged when it is done. A key that comes again takes
// back what it said before: JSON.parse keeps the last of equal keys, and so do we.
import { K_BOOLEAN, K_NULL, K_STRING, M_CALL, M_CALLS, M_CONTENT, M_CONTENT_PART, M_INCOMPLETE, M_INNER_ITEM, M_INPUT, M_INPUT_ITEM, M_MESSAGES, M_MESSAGES_ITEM,
  M_OUTPUT, M_OUTPUT_ITEM, M_REFUSAL, M_REQUEST, M_REQUEST_MODEL, M_RESPONSE, M_RESPONSE_MODEL, M_ROLE, M_SUMMARY, M_SUMMARY_PART, M_TEXT, M_THOUGHT, M_TOOL, M_TOOLS,
  M_TYPE, NO_CODE } from "./kinds.as";
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
let hasOutput: bool = false, endsInList: bool = false;
let hasRequest: bool = false, hasInput: bool = false, inputUsers: u32 = 0, prompt: f64 = NONE;
let hasMessages: bool = false, messagesUsers: u32 = 0, messagesPrompt: f64 = NONE;
let offered: i32 = -1;
let responseModel: f64 = NONE, responseModelCode: u32 = 0, requestModel: f64 = NONE, requestModelCode: u32 = 0;

// The output, twice: its own items, and those of the last list in it, which is the whole history so far. The last element
// of the output decides which of them counts.
const OWN: u32 = 0, LIST: u32 = 1;
const turns = new StaticArray<u32>(2), speaks = new StaticArray<u32>(2), calls = new StaticArray<u32>(2), users = new StaticArray<u32>(2);
const answers = new StaticArray<f64>(2);

// The item; a text is known by its file offset. `itemThinks`: beside the content, a bit for each of the keys it may have; `contentThinks`: in the parts of it.
let itemType: u32 = T_NONE, itemRole: u32 = R_NONE, itemText: f64 = NONE, itemThinks: u32 = 0, itemCalls: bool = false;
let contentThinks: bool = false, summaryThinks: bool = false;
let partText: f64 = NONE, partRefusal: f64 = NONE;

export function setNodes(turnsId: u32, userTurnsId: u32, toolsId: u32, offeredId: u32, modelId: u32, promptId: u32, answerId: u32): void {
  forgetItems(OWN); forgetItems(LIST);
  turnsNode = turnsId; userTurnsNode = userTurnsId; toolsNode = toolsId; offeredNode = offeredId;
  modelNode = modelId; promptNode = promptId; answerNode = answerId;
}

function forgetItems(list: u32): void { turns[list] = 0; speaks[list] = 0; calls[list] = 0; users[list] = 0; answers[list] = NONE; }
function forgetOutput(): void { hasOutput = false; endsInList = false; forgetItems(OWN); forgetItems(LIST); }
function forgetInput(): void { hasInput = false; inputUsers = 0; prompt = NONE; }
function forgetMessages(): void { hasMessages = false; messagesUsers = 0; messagesPrompt = NONE; }

/** Forgets the row. */
export function forget(): void {
  if (!any) return;
  any = false;
  forgetOutput(); forgetInput(); forgetMessages();
  hasRequest = false; offered = -1; responseModel = NONE; requestModel = NONE;
}

/** The few keys of a thought were defined one after the other. */
// @ts-ignore: decorator
@inline function thoughtBit(id: u32): u32 { return <u32>1 << (id & 31); }

/** A key with a meaning was read; its value follows. */
export function keySeen(id: u32, meaning: u32): void {
  any = true;
  switch (meaning) {
    case M_RESPONSE: forgetOutput(); responseModel = NONE; break;
    case M_OUTPUT: forgetOutput(); break;
    case M_REQUEST: forgetInput(); hasRequest = false; offered = -1; requestModel = NONE; break;
    case M_INPUT: forgetInput(); break;
    case M_MESSAGES: forgetMessages(); break;
    case M_TOOLS: offered = -1; break;
    case M_RESPONSE_MODEL: responseModel = NONE; break;
    case M_REQUEST_MODEL: requestModel = NONE; break;
    case M_TYPE: itemType = T_NONE; break;
    case M_ROLE: itemRole = R_NONE; break;
    case M_CONTENT: itemText = NONE; contentThinks = false; break;
    case M_SUMMARY: summaryThinks = false; break;
    case M_THOUGHT: itemThinks &= ~thoughtBit(id); break;
    case M_CALLS: itemCalls = false; break;
    case M_TEXT: partText = NONE; break;
    case M_REFUSAL: partRefusal = NONE; break;
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
  if (n == 0) return T_NONE;
  if (is(p, n, "message")) return T_MESSAGE;
  if (is(p, n, "function_call")) return T_CALL;
  if (is(p, n, "function_call_output")) return T_CALL_OUTPUT;
  return is(p, n, "reasoning") ? T_REASONING : T_OTHER;
}

function roleOf(p: usize, n: usize): u32 {
  if (is(p, n, "assistant")) return R_ASSISTANT;
  if (is(p, n, "user")) return R_USER;
  return is(p, n, "system") || is(p, n, "developer") || is(p, n, "tool") ? R_OTHER : R_NONE;
}

/** A string with a meaning. Its n bytes are at p where wantsBytes, else only their number counts (and p means nothing). */
export function stringSeen(id: u32, meaning: u32, p: usize, n: f64, offset: f64): void {
  switch (meaning) {
    case M_TYPE: case M_ROLE: {
      let length = <usize>n;
      if (hasBackslash(p, length)) { length = decode(p, length); p = DECODED; }
      if (meaning == M_TYPE) itemType = typeOf(p, length);
      else itemRole = roleOf(p, length);
      break;
    }
    case M_CONTENT: case M_CONTENT_PART: if (n > 0) itemText = offset; break;
    case M_TEXT: if (n > 0) partText = offset; break;
    case M_REFUSAL: if (n > 0) partRefusal = offset; break;
    case M_THOUGHT: if (n > 0) itemThinks |= thoughtBit(id); break;
    case M_OUTPUT_ITEM: endsInList = false; break;
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
    case M_RESPONSE_MODEL: responseModelCode = NO_CODE; responseModel = offset; break;
    case M_REQUEST_MODEL: requestModelCode = NO_CODE; requestModel = offset; break;
  }
}

/** A number, boolean or null with a meaning. */
export function scalarSeen(id: u32, meaning: u32, kind: u32, offset: f64): void {
  switch (meaning) {
    case M_TOOL: offered++; break;
    case M_INCOMPLETE: cell(id, K_BOOLEAN, 0, offset); break;
    case M_TYPE: itemType = kind == K_NULL ? T_NONE : T_OTHER; break;
    case M_OUTPUT_ITEM: endsInList = false; break;
  }
}

export function objectSeen(id: u32, meaning: u32, offset: f64): void {
  switch (meaning) {
    case M_OUTPUT_ITEM: case M_INNER_ITEM: case M_INPUT_ITEM: case M_MESSAGES_ITEM:
      itemType = T_NONE; itemRole = R_NONE; itemText = NONE; itemThinks = 0; itemCalls = false; contentThinks = false; summaryThinks = false;
      if (meaning == M_OUTPUT_ITEM) endsInList = false;
      break;
    case M_CONTENT_PART: case M_SUMMARY_PART: partText = NONE; partRefusal = NONE; break;
    case M_REQUEST: hasRequest = true; break;
    case M_TOOL: offered++; break;
    case M_CALL: itemCalls = true; break;
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
    case M_OUTPUT_ITEM: forgetItems(LIST); endsInList = true; break;
    case M_TOOL: offered++; break;
    case M_INCOMPLETE: cell(id, K_BOOLEAN, 0, offset); break;
    case M_TYPE: itemType = T_OTHER; break;
  }
}

function endTurn(list: u32): void { turns[list] += speaks[list]; speaks[list] = 0; }

/** Reasoning, calls and messages of the assistant are one turn until another message or a call's output; one that says nothing is none. */
function outputItem(type: u32, list: u32): void {
  switch (type) {
    case T_MESSAGE:
      if (itemRole == R_ASSISTANT) {
        if (itemText != NONE) answers[list] = itemText;
        if (itemText != NONE || itemThinks != 0 || itemCalls) speaks[list] = 1;
        break;
      }
      endTurn(list);
      if (itemRole == R_USER) users[list] += 1;
      break;
    case T_REASONING: if (summaryThinks || contentThinks) speaks[list] = 1; break;
    case T_CALL: calls[list] += 1; speaks[list] = 1; break;
    case T_CALL_OUTPUT: endTurn(list); break;
  }
}

/** An item or a part of one has been read whole. */
export function objectDone(meaning: u32): void {
  switch (meaning) {
    case M_CONTENT_PART:
      if (partText != NONE) { itemText = partText; contentThinks = true; }
      else if (partRefusal != NONE) itemText = partRefusal;
      return;
    case M_SUMMARY_PART: if (partText != NONE) summaryThinks = true; return;
  }
  const type = itemType == T_NONE ? T_MESSAGE : itemType;
  if (type == T_MESSAGE && itemRole == R_NONE) return; // nobody says it
  switch (meaning) {
    case M_OUTPUT_ITEM: outputItem(type, OWN); return;
    case M_INNER_ITEM: outputItem(type, LIST); return;
  }
  if (type != T_MESSAGE || itemRole != R_USER) return;
  if (meaning == M_INPUT_ITEM) { inputUsers++; if (itemText != NONE) prompt = itemText; }
  else { messagesUsers++; if (itemText != NONE) messagesPrompt = itemText; }
}

/** User messages of the whole conversation. Messages of a chat may or may not repeat those of the output: then nobody knows. */
function reportUsers(list: u32): void {
  const older = !hasRequest && hasMessages;
  if (older && users[list] > 0) return;
  if (older) numberCell(userTurnsNode, <f64>messagesUsers, 0);
  else if (hasInput || hasOutput) numberCell(userTurnsNode, <f64>(inputUsers + users[list]), 0);
}

/** Reports the facts of a valid row and forgets them. */
export function report(): void {
  if (!any) return;
  const list = endsInList ? LIST : OWN;
  if (hasOutput) {
    endTurn(list);
    numberCell(turnsNode, <f64>turns[list], 0);
    numberCell(toolsNode, <f64>calls[list], 0);
    if (answers[list] != NONE) placeCell(answerNode, answers[list]);
  }
  reportUsers(list);
  if (!hasRequest && hasMessages) prompt = messagesPrompt;
  if (prompt != NONE) placeCell(promptNode, prompt);
  if (offered >= 0) numberCell(offeredNode, <f64>offered, 0);
  if (responseModel != NONE) cell(modelNode, K_STRING, <u64>responseModelCode, responseModel);
  else if (requestModel != NONE) cell(modelNode, K_STRING, <u64>requestModelCode, requestModel);
  forget();
}
