import { factColumns, hashColumns, ItemType, itemsColumn, Meaning, nameColumns, NodeFlag, otherItemsColumn } from './kernel-words.ts';

/**
 * Where a column of the scan comes from. `field`: a top-level key. `usage`, `reward_components`, `sampling`: a key of
 * `response.usage`, `reward_components` or `responses_create_params`. `items`: how many items of the type the output has.
 * `derived`: made by the scan; the key is the column's public name. `names`: hidden, the names of the tools that are `called`
 * or `offered`. `hash`: hidden, canonical hashes of the prompt, the tools and the answer.
 */
export interface ColumnSource {
  readonly scope: 'field' | 'usage' | 'reward_components' | 'sampling' | 'items' | 'derived' | 'names' | 'hash';
  readonly key: string;
}

/** How fields are declared to a kernel. `name` is a key, or `element` of a list. Returns the new node. */
export interface FieldDeclarer {
  define(parent: number, name: string | typeof element, flags?: number, meaning?: number): number;
  setElement(list: number, element: number): void;
  setFactColumn(column: number, node: number): void;
  /** Once all fact columns are set: the node of items of the type message. */
  setMessages(node: number): void;
}

/** Stands for the elements of a list; no key of valid JSON can be the same bytes. */
export const element = Symbol('element');

/** Which nodes of a kernel carry columns. */
export interface FieldNodes {
  /** The keys of these become columns. */
  readonly parents: ReadonlyMap<number, ColumnSource['scope']>;
  /** Nodes of derived columns, and their names. */
  readonly derived: ReadonlyMap<number, string>;
}

/** Keys of the request that are no sampling parameters. */
export const notSampling: readonly string[] = ['input', 'tools', 'model', 'instructions'];
/** Lists of what a model wrote, token by token: of an item of the output, or of the response. */
export const tokenKeys = ['prompt_token_ids', 'generation_token_ids', 'generation_log_probs'] as const;

/** Keys that other parts of the engine ask for: they have a column however many keys there are. */
const askedFor = {
  row: [
    'reward',
    '_ng_task_index',
    '_ng_rollout_index',
    '_ng_attempt_index',
    '_ng_failure_class',
    'mask_sample',
    'task_id',
    'problem_id',
    'instance_id',
    'verdict',
  ],
  usage: ['input_tokens', 'output_tokens'],
} as const;

/** What a scan finds of valid rows: all columns but hashes, hashes alone, or both. */
export type ScanWhat = 'columns' | 'hashes' | 'all';

/** Declares every path the index wants. The keys of the row, of `response.usage` and the like are found while scanning. */
export function declareFields(kernel: FieldDeclarer, what: ScanWhat = 'all'): FieldNodes {
  return what === 'hashes' ? declareHashedFields(kernel) : declareAllFields(kernel);
}

function declareAllFields(kernel: FieldDeclarer): FieldNodes {
  const { auto, column, hash } = NodeFlag;
  const root = kernel.define(0, '', auto);
  for (const key of askedFor.row) kernel.define(root, key, column);
  const derived = new Map<number, string>();
  const derive = (name: string, node: number): number => {
    derived.set(node, name);
    return node;
  };

  const response = kernel.define(root, 'response', column, Meaning.response);
  const usage = kernel.define(response, 'usage', auto);
  for (const key of askedFor.usage) kernel.define(usage, key, column);
  derive('status', kernel.define(response, 'status', column));
  const incomplete = derive('truncated', kernel.define(response, 'incomplete_details', 0, Meaning.incomplete));
  derive('incomplete_reason', kernel.define(incomplete, 'reason', column));
  kernel.define(response, 'model', 0, Meaning.responseModel);
  for (const key of tokenKeys) kernel.define(response, key, 0, Meaning.responseTokens);
  const output = kernel.define(response, 'output', hash, Meaning.output);
  declareOutputItems(kernel, declareOutputItems(kernel, output, Meaning.outputItem), Meaning.innerItem);

  const request = kernel.define(root, 'responses_create_params', auto | column, Meaning.request);
  kernel.define(request, 'model', 0, Meaning.requestModel);
  kernel.define(request, 'instructions', hash, Meaning.instructions);
  declareItems(kernel, kernel.define(request, 'input', hash, Meaning.input), Meaning.inputItem);
  const tool = declareElement(kernel, kernel.define(request, 'tools', hash, Meaning.tools), NodeFlag.part, Meaning.tool);
  kernel.define(tool, 'name', NodeFlag.inItem, Meaning.toolName);
  kernel.define(kernel.define(tool, 'function', NodeFlag.inItem, Meaning.toolFunction), 'name', NodeFlag.inItem, Meaning.toolFunctionName);

  declareItems(kernel, kernel.define(root, 'messages', column, Meaning.messages), Meaning.messagesItem);
  derive('agent', kernel.define(kernel.define(root, 'agent_ref', column), 'name', column));
  const rewardComponents = kernel.define(root, 'reward_components', auto | column);

  factColumns.forEach((name, number) => kernel.setFactColumn(number, derive(name, kernel.define(0, name))));
  const names = kernel.define(0, 'names');
  for (const [name, number] of Object.entries(nameColumns)) kernel.setFactColumn(number, kernel.define(names, name));
  const hashes = declareHashes(kernel);
  const items = kernel.define(0, 'items');
  kernel.setFactColumn(itemsColumn, items);
  for (const [name, type] of Object.entries(ItemType)) {
    const node = kernel.define(items, name, column, type);
    if (type === ItemType.other) kernel.setFactColumn(otherItemsColumn, node);
    if (type === ItemType.message) kernel.setMessages(node);
  }
  return {
    parents: new Map([
      [root, 'field'],
      [usage, 'usage'],
      [rewardComponents, 'reward_components'],
      [request, 'sampling'],
      [items, 'items'],
      [names, 'names'],
      [hashes, 'hash'],
    ]),
    derived,
  };
}

/** The paths to what is hashed, and what is left out of it; all other facts go where nobody looks. */
function declareHashedFields(kernel: FieldDeclarer): FieldNodes {
  const { hash, inItem, volatile } = NodeFlag;
  const root = kernel.define(0, '');
  const output = kernel.define(kernel.define(root, 'response', 0, Meaning.response), 'output', hash, Meaning.output);
  const declareItem = (list: number): number => {
    const item = declareElement(kernel, list, 0, Meaning.none);
    for (const key of [...volatileKeys.item, ...tokenKeys]) kernel.define(item, key, inItem | volatile);
    const parts: [string, readonly string[]][] = [
      ['content', volatileKeys.part],
      ['tool_calls', volatileKeys.call],
    ];
    for (const [key, keys] of parts) {
      const part = declareElement(kernel, kernel.define(item, key, inItem), 0, Meaning.none);
      for (const name of keys) kernel.define(part, name, inItem | volatile);
    }
    return item;
  };
  declareItem(declareItem(output));

  const request = kernel.define(root, 'responses_create_params', 0, Meaning.request);
  kernel.define(request, 'instructions', hash, Meaning.instructions);
  kernel.define(request, 'input', hash, Meaning.input);
  kernel.define(request, 'tools', hash, Meaning.tools);

  const unseen = kernel.define(0, 'unseen');
  for (let number = 0; number <= otherItemsColumn; number++) kernel.setFactColumn(number, unseen);
  for (const number of Object.values(nameColumns)) kernel.setFactColumn(number, unseen);
  kernel.setMessages(unseen);
  return { parents: new Map([[declareHashes(kernel), 'hash']]), derived: new Map() };
}

function declareHashes(kernel: FieldDeclarer): number {
  const hashes = kernel.define(0, 'hash');
  for (const [name, number] of Object.entries(hashColumns)) kernel.setFactColumn(number, kernel.define(hashes, name));
  return hashes;
}

function declareElement(kernel: FieldDeclarer, list: number, flags: number, meaning: number): number {
  const node = kernel.define(list, element, flags, meaning);
  kernel.setElement(list, node);
  return node;
}

/** What differs between equal answers, beside `tokenKeys`: in an item of the output, a part of its content, a call of a message. */
export const volatileKeys = {
  item: ['id', 'call_id', 'tool_call_id', 'status', 'logprobs', 'routed_experts'],
  part: ['logprobs'],
  call: ['id'],
} as const;

/** The items of an output, whose types are counted. */
function declareOutputItems(kernel: FieldDeclarer, list: number, meaning: number): number {
  const node = declareItems(kernel, list, meaning, Meaning.outputType);
  const { inItem, volatile } = NodeFlag;
  for (const key of tokenKeys) kernel.define(node, key, inItem | volatile, Meaning.itemTokens);
  for (const key of volatileKeys.item) kernel.define(node, key, inItem | volatile);
  kernel.define(node, 'name', inItem, Meaning.itemName);
  return node;
}

/** The conversation items of a list: what facts are made of. */
function declareItems(kernel: FieldDeclarer, list: number, meaning: number, type: number = Meaning.type): number {
  const { item, part, inItem, volatile } = NodeFlag;
  const isOutput = type === Meaning.outputType;
  const node = declareElement(kernel, list, item, meaning);
  const declareParts = (key: string, listMeaning: number, partMeaning: number, keys: Readonly<Record<string, number>>): void => {
    const partNode = declareElement(kernel, kernel.define(node, key, inItem, listMeaning), part, partMeaning);
    for (const [name, keyMeaning] of Object.entries(keys)) kernel.define(partNode, name, inItem, keyMeaning);
    if (isOutput && key === 'content') for (const name of volatileKeys.part) kernel.define(partNode, name, inItem | volatile);
  };
  const { text, refusal, partType } = Meaning;
  kernel.define(node, 'type', inItem, type);
  kernel.define(node, 'role', inItem, Meaning.role);
  declareParts('content', Meaning.content, Meaning.contentPart, { type: partType, text, refusal });
  declareParts('output', Meaning.callResult, Meaning.resultPart, { type: partType });
  declareParts('summary', Meaning.summary, Meaning.summaryPart, { text });
  for (const name of ['reasoning_content', 'reasoning', 'thinking']) kernel.define(node, name, inItem, Meaning.thought);
  const call = declareElement(kernel, kernel.define(node, 'tool_calls', inItem, Meaning.calls), part, Meaning.call);
  kernel.define(kernel.define(call, 'function', inItem, Meaning.callFunction), 'name', inItem, Meaning.callName);
  if (isOutput) for (const name of volatileKeys.call) kernel.define(call, name, inItem | volatile);
  return node;
}
