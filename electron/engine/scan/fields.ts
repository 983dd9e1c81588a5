import { Meaning, NodeFlag } from './kernel-words.ts';

/**
 * Where a column of the scan comes from. `field`: a top-level key. `usage`, `reward_components`: a key of `response.usage`
 * or `reward_components`. `derived`: made by the scan; the key is the column's public name.
 */
export interface ColumnSource {
  readonly scope: 'field' | 'usage' | 'reward_components' | 'derived';
  readonly key: string;
}

/** How fields are declared to a kernel. `name` is a key, or `element` of a list. Returns the new node. */
export interface FieldDeclarer {
  define(parent: number, name: string | typeof element, flags?: number, meaning?: number): number;
  setElement(list: number, element: number): void;
  setFactNodes(turns: number, userTurns: number, tools: number, offered: number, model: number, prompt: number, answer: number): void;
}

/** Stands for the elements of a list; no key of valid JSON can be the same bytes. */
export const element = Symbol('element');

/** Which nodes of a kernel carry columns. */
export interface FieldNodes {
  readonly root: number;
  readonly usage: number;
  readonly rewardComponents: number;
  /** Nodes of derived columns, and their names. */
  readonly derived: ReadonlyMap<number, string>;
}

/** Declares every path the index wants. The keys of the row, of `response.usage` and `reward_components` are found while scanning. */
export function declareFields(kernel: FieldDeclarer): FieldNodes {
  const { auto, column } = NodeFlag;
  const root = kernel.define(0, '', auto);
  const derived = new Map<number, string>();
  const derive = (name: string, node: number): number => {
    derived.set(node, name);
    return node;
  };

  const response = kernel.define(root, 'response', column, Meaning.response);
  const usage = kernel.define(response, 'usage', auto);
  derive('status', kernel.define(response, 'status', column));
  derive('truncated', kernel.define(response, 'incomplete_details', 0, Meaning.incomplete));
  kernel.define(response, 'model', 0, Meaning.responseModel);
  const output = kernel.define(response, 'output', 0, Meaning.output);
  declareItems(kernel, declareItems(kernel, output, Meaning.outputItem), Meaning.innerItem);

  const request = kernel.define(root, 'responses_create_params', column, Meaning.request);
  kernel.define(request, 'model', 0, Meaning.requestModel);
  declareItems(kernel, kernel.define(request, 'input', 0, Meaning.input), Meaning.inputItem);
  declareElement(kernel, kernel.define(request, 'tools', 0, Meaning.tools), 0, Meaning.tool);

  declareItems(kernel, kernel.define(root, 'messages', column, Meaning.messages), Meaning.messagesItem);
  derive('agent', kernel.define(kernel.define(root, 'agent_ref', column), 'name', column));
  const rewardComponents = kernel.define(root, 'reward_components', auto | column);

  const fact = (name: string): number => derive(name, kernel.define(0, name));
  kernel.setFactNodes(
    fact('turns'),
    fact('user_turns'),
    fact('tools'),
    fact('tools_offered'),
    fact('model'),
    fact('prompt'),
    fact('answer'),
  );
  return { root, usage, rewardComponents, derived };
}

function declareElement(kernel: FieldDeclarer, list: number, flags: number, meaning: number): number {
  const node = kernel.define(list, element, flags, meaning);
  kernel.setElement(list, node);
  return node;
}

/** The conversation items of a list: what facts are made of. */
function declareItems(kernel: FieldDeclarer, list: number, meaning: number): number {
  const { item, part, inItem } = NodeFlag;
  const node = declareElement(kernel, list, item, meaning);
  kernel.define(node, 'type', inItem, Meaning.type);
  kernel.define(node, 'role', inItem, Meaning.role);
  const content = kernel.define(node, 'content', inItem, Meaning.content);
  const contentPart = declareElement(kernel, content, part, Meaning.contentPart);
  kernel.define(contentPart, 'text', inItem, Meaning.text);
  kernel.define(contentPart, 'refusal', inItem, Meaning.refusal);
  const summary = kernel.define(node, 'summary', inItem, Meaning.summary);
  kernel.define(declareElement(kernel, summary, part, Meaning.summaryPart), 'text', inItem, Meaning.text);
  for (const name of ['reasoning_content', 'reasoning', 'thinking']) kernel.define(node, name, inItem, Meaning.thought);
  declareElement(kernel, kernel.define(node, 'tool_calls', inItem, Meaning.calls), 0, Meaning.call);
  return node;
}
