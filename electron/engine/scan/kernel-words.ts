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

/** Kinds of cells beyond those of index/types.ts, which the kernel shares. */
export const CellOrder = { digits: 8, reset: 9, clearRow: 10 } as const;

/** In a string or exact cell: the text was not interned. */
export const NO_TEXT_CODE = 0xffff_ffff;

export const NodeFlag = { auto: 1, column: 2, item: 4, part: 8, inItem: 16 } as const;

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
  type: 12,
  role: 13,
  content: 14,
  summary: 15,
  contentPart: 16,
  summaryPart: 17,
  text: 18,
  responseModel: 19,
  requestModel: 20,
  incomplete: 21,
  refusal: 22,
  thought: 23,
  calls: 24,
  call: 25,
} as const;

/** Bytes of the kernel's records. */
export const recordBytes = { line: 32, cell: 24, node: 64, string: 16 } as const;
