/** Numbers that the kernel and its host agree on; the kernel's half is kernel/kinds.as.ts. */

/** Why a line is invalid; the words are in errors.ts. */
export const LineError = {
  none: 0,
  root: 1,
  value: 2,
  valueOrEnd: 3,
  key: 4,
  keyOrEnd: 5,
  colon: 6,
  objectNext: 7,
  arrayNext: 8,
  trailing: 9,
  unterminated: 10,
  control: 11,
  escape: 12,
  hex: 13,
  utf8: 14,
  number: 15,
  literal: 16,
  depth: 17,
  tooLong: 18,
  nan: 19,
} as const;
export type LineError = (typeof LineError)[keyof typeof LineError];

/** In a string or exact cell: the text was not interned. */
export const NO_TEXT_CODE = 0xffff_ffff;

export const NodeFlag = { auto: 1, column: 2, item: 4, part: 8, inItem: 16, hash: 32, volatile: 64 } as const;

export const Meaning = {
  none: 0,
  response: 1,
  request: 2,
  output: 3,
  input: 4,
  messages: 5,
  tools: 6,
  tool: 7,
  outputItem: 8,
  innerItem: 9,
  inputItem: 10,
  messagesItem: 11,
  responseModel: 12,
  requestModel: 13,
  incomplete: 14,
  responseTokens: 15,
  instructions: 16,
  type: 32,
  outputType: 33,
  role: 34,
  content: 35,
  summary: 36,
  callResult: 37,
  contentPart: 38,
  summaryPart: 39,
  resultPart: 40,
  partType: 41,
  text: 42,
  refusal: 43,
  calls: 44,
  call: 45,
  thought: 46,
  itemTokens: 47,
  itemName: 56,
  callFunction: 57,
  callName: 58,
  toolName: 59,
  toolFunction: 60,
  toolFunctionName: 61,
} as const;

/** Columns of facts: the kernel knows them by their number in this list. */
export const factColumns = [
  'turns',
  'user_turns',
  'tools',
  'tool_outputs',
  'tools_offered',
  'model',
  'prompt',
  'answer',
  'last_role',
  'images',
  'token_ids',
] as const;
/** The parent of the columns that count types of items, and the one of types that have none of their own. */
export const itemsColumn = 11;
export const otherItemsColumn = 12;
/** Hidden: sets of names, each as one text, a newline between two names. */
export const nameColumns = { called: 13, offered: 14 } as const;
/** Hidden: canonical hashes. */
export const hashColumns = { prompt: 15, tools: 16, answer: 17 } as const;

/** Meanings of the types of items: T_… in kinds.as.ts. */
export const ItemType = { other: 0, message: 1, reasoning: 2, function_call: 3, function_call_output: 4 } as const;

/** Bytes of the kernel's records. */
export const recordBytes = { node: 64, string: 16 } as const;
