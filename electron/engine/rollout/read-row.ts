import { isJsonObject, type JsonObject, type JsonValue, parseKnownJson, writeJson } from '#shared/model/json.ts';
import type { Finding } from '#shared/model/problem.ts';
import { assemble, joinDrafts } from './assemble.ts';
import type { Draft, Item } from './draft.ts';
import { finding } from './rules.ts';

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** The object on a rollout's line. Fails with SyntaxError where the line is no JSON object, and with JsonDepthError. */
export function parseRollout(line: Uint8Array): JsonObject {
  const value = parseKnownJson(utf8.decode(line));
  if (!isJsonObject(value)) throw new SyntaxError('the line is no JSON object');
  return value;
}

/** What a row says, before it is written in any form. */
export interface RowDrafts {
  readonly drafts: Draft[];
  readonly instructions: string;
  readonly tools: readonly JsonValue[];
  readonly toolsAt: string;
  readonly unknownItems: JsonValue[];
  readonly findings: Finding[];
  /** False: the row holds a request at most. */
  readonly hasResponse: boolean;
}

/**
 * Finds prompt and output of a row in each form there is: `responses_create_params` with a response; `messages` with a
 * response, whose repetition at their end is cut; a response that is a text or a chat completion; `messages` alone.
 */
export function readRow(row: JsonObject): RowDrafts {
  const findings: Finding[] = [];
  const params = isJsonObject(row['responses_create_params']) ? row['responses_create_params'] : undefined;
  const messages = Array.isArray(row['messages']) ? row['messages'] : undefined;
  const older = params === undefined && messages !== undefined;
  if (older) findings.push(finding('row/messages', 'The conversation is read from messages.', 'messages'));
  const prompt = older ? assemble(itemsOf(messages, 'messages'), true, findings) : assemble(inputItems(params?.['input']), true, findings);

  const output = outputItems(row['response'], findings);
  if (output === undefined) {
    const whole = older ? splitAtLastUser(prompt.drafts) : prompt.drafts;
    const answered = older && whole.some((draft) => draft.role === 'assistant');
    if (!answered) findings.push(finding('response/missing', 'The row has no response.', 'response'));
    return { drafts: whole, ...requestOf(row, params), unknownItems: prompt.unknownItems, findings, hasResponse: answered };
  }

  if (output.items.length === 0) findings.push(finding('response/empty', 'The output is empty.', 'response.output'));
  noteTruncation(row['response'], findings);
  const answer = assemble(output.items, false, findings);
  const [first, second] = output.repeatsPrompt
    ? [prompt.drafts, cutStart(answer.drafts, prompt.drafts)]
    : [older ? cutEnd(prompt.drafts, answer.drafts) : prompt.drafts, answer.drafts];
  return {
    drafts: joinDrafts(first, first.length === 0 ? markPrompt(second) : second),
    ...requestOf(row, params),
    unknownItems: [...prompt.unknownItems, ...answer.unknownItems],
    findings,
    hasResponse: true,
  };
}

function itemsOf(list: readonly JsonValue[], at: string): Item[] {
  return list.map((value, index) => ({ value, at: `${at}[${index}]` }));
}

function inputItems(input: JsonValue | undefined): Item[] {
  const at = 'responses_create_params.input';
  if (typeof input === 'string') return [{ value: { role: 'user', content: input }, at }];
  return Array.isArray(input) ? itemsOf(input, at) : [];
}

/** Undefined: there is no response. A list of lists is a history that grows: its last element is the whole of it. */
function outputItems(response: JsonValue | undefined, findings: Finding[]): { items: Item[]; repeatsPrompt: boolean } | undefined {
  if (typeof response === 'string')
    return { items: [{ value: { role: 'assistant', content: response }, at: 'response' }], repeatsPrompt: false };
  if (!isJsonObject(response)) return undefined;
  const { output, choices } = response;
  if (Array.isArray(output)) {
    const last = output.at(-1);
    if (!Array.isArray(last)) return { items: itemsOf(output, 'response.output'), repeatsPrompt: false };
    findings.push(finding('output/nested', `The output holds ${output.length} lists; the last one is read.`, 'response.output'));
    return { items: itemsOf(last, `response.output[${output.length - 1}]`), repeatsPrompt: true };
  }
  const choice = Array.isArray(choices) ? choices[0] : undefined;
  if (!isJsonObject(choice) || choice['message'] === undefined) return undefined;
  return { items: [{ value: choice['message'], at: 'response.choices[0].message' }], repeatsPrompt: false };
}

function noteTruncation(response: JsonValue | undefined, findings: Finding[]): void {
  const details = isJsonObject(response) ? response['incomplete_details'] : undefined;
  if (!isJsonObject(details)) return;
  const { reason } = details;
  findings.push(
    finding('response/truncated', `Incomplete: ${typeof reason === 'string' ? reason : 'no reason given'}.`, 'response.incomplete_details'),
  );
}

function requestOf(row: JsonObject, params: JsonObject | undefined): Pick<RowDrafts, 'instructions' | 'tools' | 'toolsAt'> {
  const instructions = typeof params?.['instructions'] === 'string' ? params['instructions'] : '';
  if (Array.isArray(params?.['tools'])) return { instructions, tools: params['tools'], toolsAt: 'responses_create_params.tools' };
  if (Array.isArray(row['tools'])) return { instructions, tools: row['tools'], toolsAt: 'tools' };
  const offered = isJsonObject(row['response']) ? row['response']['tools'] : undefined;
  return { instructions, tools: Array.isArray(offered) ? offered : [], toolsAt: 'response.tools' };
}

/** Without a request, what stands before the first word of the assistant is the prompt: the environment gave it. */
function markPrompt(drafts: readonly Draft[]): Draft[] {
  const end = drafts.findIndex((draft) => draft.role === 'assistant');
  return drafts.map((draft, index) => ({ ...draft, fromPrompt: end < 0 || index < end }));
}

/** A conversation in one piece: the prompt goes up to its last user message. */
function splitAtLastUser(drafts: readonly Draft[]): Draft[] {
  const last = drafts.map((draft) => draft.role).lastIndexOf('user');
  return drafts.map((draft, index) => ({ ...draft, fromPrompt: index <= last }));
}

/** `messages` without the output that they repeat at their end. */
function cutEnd(messages: readonly Draft[], output: readonly Draft[]): Draft[] {
  const start = messages.length - output.length;
  return start >= 0 && sameWords(messages.slice(start), output) ? messages.slice(0, start) : [...messages];
}

function cutStart(history: readonly Draft[], prompt: readonly Draft[]): Draft[] {
  return sameWords(history.slice(0, prompt.length), prompt) ? history.slice(prompt.length) : [...history];
}

function sameWords(some: readonly Draft[], others: readonly Draft[]): boolean {
  return some.length === others.length && some.every((draft, index) => words(draft) === words(others[index]));
}

/** What a message says, without its reasoning, which repetitions often lack, and without the names of fields. */
function words(draft: Draft | undefined): string {
  if (draft === undefined) return '';
  if (draft.role !== 'assistant') return writeJson([draft.role, draft.content]);
  const said = draft.pieces.filter((piece) => piece.kind === 'text').map((piece) => piece.text);
  return writeJson([draft.role, said.join(''), draft.calls.map((call) => [call.name, argumentText(call.arguments)])]);
}

function argumentText(given: string | JsonObject): string {
  return typeof given === 'string' ? given : writeJson(given);
}
