// Numbers that the kernel and its host agree on; the host's half is ../kernel-words.ts.

/** Why a line is invalid. The words are in ../errors.ts. */
export const E_ROOT: u32 = 1, E_VALUE: u32 = 2, E_VALUE_OR_END: u32 = 3, E_KEY: u32 = 4, E_KEY_OR_END: u32 = 5, E_COLON: u32 = 6,
  E_OBJECT_NEXT: u32 = 7, E_ARRAY_NEXT: u32 = 8, E_TRAILING: u32 = 9, E_UNTERMINATED: u32 = 10, E_CONTROL: u32 = 11, E_ESCAPE: u32 = 12,
  E_HEX: u32 = 13, E_UTF8: u32 = 14, E_NUMBER: u32 = 15, E_LITERAL: u32 = 16, E_DEPTH: u32 = 17, E_TOO_LONG: u32 = 18, E_NAN: u32 = 19;

/** Kinds of cells, and of the value a line holds. */
export const K_NULL: u32 = 1, K_BOOLEAN: u32 = 2, K_NUMBER: u32 = 3, K_EXACT: u32 = 4, K_STRING: u32 = 5, K_OBJECT: u32 = 6, K_ARRAY: u32 = 7;

/** In a string or exact cell: the text was not interned, it is found at its offset in the file. */
export const NO_CODE: u32 = 0xffffffff;

/** What a node is for. */
export const F_AUTO: u32 = 1;     // every key of this object becomes a column
export const F_COLUMN: u32 = 2;   // its values are reported as cells
export const F_ITEM: u32 = 4;     // an element of a list of conversation items
export const F_PART: u32 = 8;     // an element of the content or summary of an item
export const F_IN_ITEM: u32 = 16; // a key of an item or part: forgotten with it, so duplicates need no RESET
export const F_HASH: u32 = 32;    // its value is hashed
export const F_VOLATILE: u32 = 64; // … but not the values of these

/** What a value means for the facts of a row (facts.as.ts) … */
export const M_RESPONSE: u32 = 1, M_REQUEST: u32 = 2, M_OUTPUT: u32 = 3, M_INPUT: u32 = 4, M_MESSAGES: u32 = 5, M_TOOLS: u32 = 6, M_TOOL: u32 = 7,
  M_OUTPUT_ITEM: u32 = 8, M_INNER_ITEM: u32 = 9, M_INPUT_ITEM: u32 = 10, M_MESSAGES_ITEM: u32 = 11,
  M_RESPONSE_MODEL: u32 = 12, M_REQUEST_MODEL: u32 = 13, M_INCOMPLETE: u32 = 14, M_RESPONSE_TOKENS: u32 = 15, M_INSTRUCTIONS: u32 = 16;
/** … and for one item of a conversation (item.as.ts): all from M_TYPE on … */
export const M_TYPE: u32 = 32, M_OUTPUT_TYPE: u32 = 33, M_ROLE: u32 = 34, M_CONTENT: u32 = 35, M_SUMMARY: u32 = 36, M_CALL_RESULT: u32 = 37,
  M_CONTENT_PART: u32 = 38, M_SUMMARY_PART: u32 = 39, M_RESULT_PART: u32 = 40, M_PART_TYPE: u32 = 41, M_TEXT: u32 = 42, M_REFUSAL: u32 = 43,
  M_CALLS: u32 = 44, M_CALL: u32 = 45, M_THOUGHT: u32 = 46, M_ITEM_TOKENS: u32 = 47;

/** … and for names of tools (names.as.ts): all from M_ITEM_NAME on. */
export const M_ITEM_NAME: u32 = 56, M_CALL_FUNCTION: u32 = 57, M_CALL_NAME: u32 = 58, M_TOOL_NAME: u32 = 59, M_TOOL_FUNCTION: u32 = 60, M_TOOL_FUNCTION_NAME: u32 = 61;

/** The columns that facts are reported in. */
export const C_TURNS: u32 = 0, C_USER_TURNS: u32 = 1, C_TOOLS: u32 = 2, C_TOOL_OUTPUTS: u32 = 3, C_OFFERED: u32 = 4, C_MODEL: u32 = 5, C_PROMPT: u32 = 6,
  C_ANSWER: u32 = 7, C_LAST_ROLE: u32 = 8, C_IMAGES: u32 = 9, C_TOKEN_IDS: u32 = 10, C_ITEMS: u32 = 11, C_OTHER_ITEMS: u32 = 12,
  C_CALLED: u32 = 13, C_OFFERED_NAMES: u32 = 14, C_PROMPT_HASH: u32 = 15, C_TOOLS_HASH: u32 = 16, C_ANSWER_HASH: u32 = 17, C_COUNT: i32 = 18;

/** Types of items, which are the meanings of the nodes under C_ITEMS. */
export const T_OTHER: u32 = 0, T_MESSAGE: u32 = 1, T_REASONING: u32 = 2, T_CALL: u32 = 3, T_CALL_OUTPUT: u32 = 4;
