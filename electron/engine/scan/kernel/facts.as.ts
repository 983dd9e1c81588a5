// Facts of a row that no single key holds: turns, calls, who speaks last, the last prompt and answer, the model. A key that comes
// again takes back what it said before: JSON.parse keeps the last of equal keys, and so do we.
import { C_ANSWER, C_ANSWER_HASH, C_CALLED, C_COUNT, C_IMAGES, C_ITEMS, C_LAST_ROLE, C_MODEL, C_OFFERED, C_OFFERED_NAMES, C_OTHER_ITEMS, C_PROMPT, C_PROMPT_HASH, C_TOKEN_IDS, C_TOOL_OUTPUTS, C_TOOLS, C_TOOLS_HASH, C_TURNS, C_USER_TURNS,
  K_STRING, M_CALL_NAME, M_INCOMPLETE, M_INNER_ITEM, M_INPUT, M_INPUT_ITEM, M_INSTRUCTIONS, M_ITEM_NAME, M_MESSAGES, M_MESSAGES_ITEM, M_OUTPUT, M_OUTPUT_ITEM, M_OUTPUT_TYPE, M_PART_TYPE,
  M_REQUEST, M_REQUEST_MODEL, M_RESPONSE, M_RESPONSE_MODEL, M_RESPONSE_TOKENS, M_ROLE, M_TOOL, M_TOOL_FUNCTION_NAME, M_TOOL_NAME, M_TOOLS, M_TYPE, NO_CODE, T_CALL, T_CALL_OUTPUT } from "./kinds.as";
import { booleanCell, cell, internFor, numberCell, placeCell } from "./cells.as";
import * as counts from "./item-counts.as";
import * as item from "./item.as";
import { bitOf, NONE, R_ASSISTANT, R_NONE, R_USER } from "./item.as";
import * as hash from "./hash.as";
import { H_INPUT, H_INSTRUCTIONS, H_OUTPUT, H_TOOLS } from "./hash.as";
import * as names from "./names.as";
import { meaningOf } from "./nodes.as";
import { roleCell } from "./roles.as";

/** Nodes of the columns that facts are reported in, by C_…. */
const columns = new StaticArray<u32>(C_COUNT);

// The row.
let any: bool = false;
let hasResponse: bool = false, responseTokens: u32 = 0;
let hasOutput: bool = false, endsInList: bool = false, outputImages: bool = false, outputTokens: bool = false;
let hasRequest: bool = false, hasInput: bool = false, inputUsers: u32 = 0, inputRole: u32 = R_NONE, inputImages: bool = false, prompt: f64 = NONE;
let hasMessages: bool = false, messagesUsers: u32 = 0, messagesRole: u32 = R_NONE, messagesImages: bool = false, messagesPrompt: f64 = NONE;
let offered: i32 = -1;
let responseModel: f64 = NONE, responseModelCode: u32 = 0, requestModel: f64 = NONE, requestModelCode: u32 = 0;

// The output, twice: its own items, and those of the last list in it, which is the whole history so far. The last element
// of the output decides which of them counts.
const OWN: u32 = 0, LIST: u32 = 1;
const turns = new StaticArray<u32>(2), speaks = new StaticArray<u32>(2), users = new StaticArray<u32>(2);
const calls = new StaticArray<u32>(2), results = new StaticArray<u32>(2), roles = new StaticArray<u32>(2);
const answers = new StaticArray<f64>(2);

/** For the host: the node of a column. */
export function setColumn(column: u32, node: u32): void {
  columns[column] = node;
  if (column == C_OTHER_ITEMS) counts.setNodes(columns[C_ITEMS], node);
}
/** For the host, once all columns are set: the node of messages. */
export function setMessages(node: u32): void {
  item.setNodes(node, columns[C_OTHER_ITEMS]);
  forgetItems(OWN); forgetItems(LIST);
}

function forgetItems(list: u32): void {
  turns[list] = 0; speaks[list] = 0; users[list] = 0; calls[list] = 0; results[list] = 0; roles[list] = R_NONE; answers[list] = NONE;
  counts.forgetList(list);
}
function forgetOutput(): void { hasOutput = false; endsInList = false; outputImages = false; outputTokens = false; forgetItems(OWN); forgetItems(LIST); names.forgetCalled(); hash.forget(H_OUTPUT); }
function forgetResponse(): void { hasResponse = false; responseTokens = 0; responseModel = NONE; forgetOutput(); }
function forgetInput(): void { hasInput = false; inputUsers = 0; inputRole = R_NONE; inputImages = false; prompt = NONE; hash.forget(H_INPUT); }
function forgetRequest(): void { hasRequest = false; requestModel = NONE; hash.forget(H_INSTRUCTIONS); forgetTools(); forgetInput(); }
function forgetTools(): void { offered = -1; names.forgetOffered(); hash.forget(H_TOOLS); }
function forgetMessages(): void { hasMessages = false; messagesUsers = 0; messagesRole = R_NONE; messagesImages = false; messagesPrompt = NONE; }

/** Forgets the row. */
export function forget(): void {
  if (!any) return;
  any = false;
  forgetResponse(); forgetRequest(); forgetMessages();
  counts.forgetRow(); hash.forgetRow();
}

/** A key with a meaning was read; its value follows. */
export function keySeen(id: u32, meaning: u32): void {
  if (meaning >= M_ITEM_NAME) { names.keySeen(meaning); return; }
  if (meaning >= M_TYPE) { item.keySeen(id, meaning); return; }
  any = true;
  switch (meaning) {
    case M_RESPONSE: forgetResponse(); break;
    case M_OUTPUT: forgetOutput(); break;
    case M_REQUEST: forgetRequest(); break;
    case M_INPUT: forgetInput(); break;
    case M_MESSAGES: forgetMessages(); break;
    case M_TOOLS: forgetTools(); break;
    case M_INSTRUCTIONS: hash.forget(H_INSTRUCTIONS); break;
    case M_RESPONSE_MODEL: responseModel = NONE; break;
    case M_REQUEST_MODEL: requestModel = NONE; break;
    case M_RESPONSE_TOKENS: responseTokens &= ~bitOf(id); break;
  }
}

const WANTS_BYTES: u64 = 1 << <u64>M_TYPE | 1 << <u64>M_OUTPUT_TYPE | 1 << <u64>M_ROLE | 1 << <u64>M_PART_TYPE | 1 << <u64>M_RESPONSE_MODEL | 1 << <u64>M_REQUEST_MODEL
  | 1 << <u64>M_ITEM_NAME | 1 << <u64>M_CALL_NAME | 1 << <u64>M_TOOL_NAME | 1 << <u64>M_TOOL_FUNCTION_NAME;
/** Whether the bytes of such a string are wanted, not only its place. */
// @ts-ignore: decorator
@inline export function wantsBytes(meaning: u32): bool { return (WANTS_BYTES >> <u64>meaning & 1) != 0; }

/** A string with a meaning. Its n bytes are at p where wantsBytes, else only their number counts (and p means nothing). */
export function stringSeen(id: u32, meaning: u32, p: usize, n: f64, offset: f64): void {
  if (meaning >= M_ITEM_NAME) { names.stringSeen(meaning, p, <usize>n); return; }
  if (meaning >= M_TYPE) { item.stringSeen(id, meaning, p, n, offset); return; }
  switch (meaning) {
    case M_OUTPUT_ITEM: case M_INNER_ITEM: noItem(meaning); break;
    case M_INPUT: hasInput = true; inputUsers = 1; inputRole = R_USER; if (n > 0) prompt = offset; break;
    case M_RESPONSE_MODEL: responseModelCode = internFor(columns[C_MODEL], p, <usize>n); responseModel = offset; break;
    case M_REQUEST_MODEL: requestModelCode = internFor(columns[C_MODEL], p, <usize>n); requestModel = offset; break;
    case M_TOOL: offered++; break;
    case M_INCOMPLETE: booleanCell(id, false, offset); break;
  }
}

/** A type, role or model too long to be kept. */
export function longStringSeen(meaning: u32, offset: f64): void {
  switch (meaning) {
    case M_RESPONSE_MODEL: responseModelCode = NO_CODE; responseModel = offset; return;
    case M_REQUEST_MODEL: requestModelCode = NO_CODE; requestModel = offset; return;
  }
  if (meaning >= M_ITEM_NAME) names.longStringSeen(meaning);
  else item.longStringSeen(meaning);
}

/** A number, boolean or null with a meaning. */
export function scalarSeen(id: u32, meaning: u32, kind: u32, offset: f64): void {
  if (meaning >= M_TYPE) { item.scalarSeen(meaning, kind); return; }
  switch (meaning) {
    case M_OUTPUT_ITEM: case M_INNER_ITEM: noItem(meaning); break;
    case M_TOOL: offered++; break;
    case M_INCOMPLETE: booleanCell(id, false, offset); break;
  }
}

export function objectSeen(id: u32, meaning: u32, offset: f64): void {
  if (meaning >= M_TYPE) { item.objectSeen(meaning); return; }
  switch (meaning) {
    case M_OUTPUT_ITEM: endsInList = false; item.begin(); break;
    case M_INNER_ITEM: case M_INPUT_ITEM: case M_MESSAGES_ITEM: item.begin(); break;
    case M_RESPONSE: hasResponse = true; break;
    case M_REQUEST: hasRequest = true; break;
    case M_TOOL: offered++; names.beginTool(); break;
    case M_INCOMPLETE: booleanCell(id, true, offset); break;
  }
}

export function arraySeen(id: u32, meaning: u32, offset: f64): void {
  if (meaning >= M_TYPE) { item.arraySeen(id, meaning); return; }
  switch (meaning) {
    case M_OUTPUT: hasOutput = true; break;
    case M_INPUT: hasInput = true; break;
    case M_MESSAGES: hasMessages = true; break;
    case M_TOOLS: offered = 0; break;
    case M_OUTPUT_ITEM: forgetItems(LIST); endsInList = true; break;
    case M_INNER_ITEM: noItem(meaning); break;
    case M_TOOL: offered++; break;
    case M_INCOMPLETE: booleanCell(id, false, offset); break;
    case M_RESPONSE_TOKENS: responseTokens |= bitOf(id); break;
  }
}

/** An element of an output that is neither an item nor, at the first level, a list of them. */
function noItem(meaning: u32): void {
  if (meaning == M_OUTPUT_ITEM) endsInList = false;
  counts.count(columns[C_OTHER_ITEMS], meaning == M_OUTPUT_ITEM ? OWN : LIST);
}

function endTurn(list: u32): void { turns[list] += speaks[list]; speaks[list] = 0; }

/** Reasoning, calls and messages of the assistant are one turn until another message or a call's output; one that says nothing is none. */
function outputItem(list: u32): void {
  const type = meaningOf(item.type), role = item.speaker();
  counts.count(item.type, list);
  if (item.hasImages()) outputImages = true;
  if (item.hasTokens()) outputTokens = true;
  if (type == T_CALL) { calls[list] += 1; names.callDone(); }
  if (role == R_ASSISTANT && item.isMessage()) names.messageDone();
  if (type == T_CALL_OUTPUT) results[list] += 1;
  if (role == R_NONE) return; // no part of the conversation
  roles[list] = role;
  if (role == R_ASSISTANT) {
    if (item.speaks()) speaks[list] = 1;
    if (item.isMessage() && item.text != NONE) answers[list] = item.text;
    return;
  }
  endTurn(list);
  if (role == R_USER) users[list] += 1;
}

/** An item or a part of one has been read whole. */
export function objectDone(meaning: u32): void {
  switch (meaning) {
    case M_OUTPUT_ITEM: outputItem(OWN); return;
    case M_INNER_ITEM: outputItem(LIST); return;
    case M_INPUT_ITEM: case M_MESSAGES_ITEM: promptItem(meaning == M_INPUT_ITEM); return;
    case M_TOOL: names.objectDone(meaning); return;
  }
  item.partDone(meaning);
}

function promptItem(isInput: bool): void {
  const role = item.speaker(), shows = item.hasImages();
  if (isInput) {
    if (shows) inputImages = true;
    if (role != R_NONE) inputRole = role;
    if (role == R_USER) { inputUsers++; if (item.text != NONE) prompt = item.text; }
  } else {
    if (shows) messagesImages = true;
    if (role != R_NONE) messagesRole = role;
    if (role == R_USER) { messagesUsers++; if (item.text != NONE) messagesPrompt = item.text; }
  }
}

/** User messages of the whole conversation. Messages of a chat may or may not repeat those of the output: then nobody knows. */
function reportUsers(isChat: bool, list: u32): void {
  if (isChat && users[list] > 0) return;
  if (isChat) numberCell(columns[C_USER_TURNS], <f64>messagesUsers, 0);
  else if (hasInput || hasOutput) numberCell(columns[C_USER_TURNS], <f64>(inputUsers + users[list]), 0);
}

/** Reports the facts of a valid row and forgets them. */
export function report(): void {
  if (!any) return;
  const list = endsInList ? LIST : OWN, isChat = !hasRequest && hasMessages;
  if (hasOutput) {
    endTurn(list);
    numberCell(columns[C_TURNS], <f64>turns[list], 0);
    numberCell(columns[C_TOOLS], <f64>calls[list], 0);
    numberCell(columns[C_TOOL_OUTPUTS], <f64>results[list], 0);
    if (answers[list] != NONE) placeCell(columns[C_ANSWER], answers[list]);
    counts.report(list);
  }
  reportUsers(isChat, list);
  const asked = isChat ? messagesPrompt : prompt;
  if (asked != NONE) placeCell(columns[C_PROMPT], asked);
  if (offered >= 0) numberCell(columns[C_OFFERED], <f64>offered, 0);
  const role = roles[list] != R_NONE ? roles[list] : isChat ? messagesRole : inputRole;
  if (role != R_NONE) roleCell(columns[C_LAST_ROLE], role);
  if (hasInput || hasOutput || hasMessages) booleanCell(columns[C_IMAGES], inputImages || outputImages || messagesImages, 0);
  if (hasResponse) booleanCell(columns[C_TOKEN_IDS], responseTokens != 0 || outputTokens, 0);
  if (responseModel != NONE) cell(columns[C_MODEL], K_STRING, <u64>responseModelCode, responseModel);
  else if (requestModel != NONE) cell(columns[C_MODEL], K_STRING, <u64>requestModelCode, requestModel);
  names.report(columns[C_CALLED], columns[C_OFFERED_NAMES]);
  if (hasInput && hash.has(H_INPUT)) numberCell(columns[C_PROMPT_HASH], hash.promptValue(), 0);
  if (hash.has(H_TOOLS)) numberCell(columns[C_TOOLS_HASH], hash.valueOf(H_TOOLS), 0);
  if (hasOutput && hash.has(H_OUTPUT)) numberCell(columns[C_ANSWER_HASH], hash.valueOf(H_OUTPUT), 0);
  forget();
}
