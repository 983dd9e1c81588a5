import type { SearchScope } from '#shared/model/search.ts';

/** One text of a rollout. */
export interface RowText {
  readonly scope: SearchScope;
  readonly at: string;
  readonly text: string;
}

type Visit = (scope: SearchScope, at: string, value: unknown) => void;

/**
 * Visits the texts of a row in the order in which they stand: of the request, of messages, of the response (Responses items or
 * chat completions; of an output that is a list of histories the last). Of arguments that are objects each key and each text in
 * them is a text of its own: their JSON as we would write it need not stand in the file, so raw bytes could not rule it out.
 */
export function visitTexts(row: unknown, visit: (text: RowText) => void): void {
  const put: Visit = (scope, at, value) => {
    if (typeof value === 'string' && value !== '') visit({ scope, at, text: value });
  };
  const request = field(row, 'responses_create_params');
  put('messages', 'responses_create_params.instructions', field(request, 'instructions'));
  const input = field(request, 'input');
  put('messages', 'responses_create_params.input', input);
  visitItems(input, 'responses_create_params.input', put);
  visitItems(field(row, 'messages'), 'messages', put);
  const response = field(row, 'response');
  put('messages', 'response', response);
  visitOutput(field(response, 'output'), put);
  const choices = field(response, 'choices');
  if (Array.isArray(choices)) visitItem(field(choices[0], 'message'), 'response.choices[0].message', put);
}

/** Whether one of the texts of a row passes a test. */
export function hasText(row: unknown, test: (text: string) => boolean): boolean {
  let isFound = false;
  visitTexts(row, ({ text }) => {
    isFound ||= test(text);
  });
  return isFound;
}

function visitOutput(output: unknown, put: Visit): void {
  if (!Array.isArray(output)) return;
  const last: unknown = output.at(-1);
  if (Array.isArray(last)) visitItems(last, `response.output[${output.length - 1}]`, put);
  else visitItems(output, 'response.output', put);
}

function visitItems(items: unknown, at: string, put: Visit): void {
  if (Array.isArray(items)) items.forEach((item: unknown, i) => visitItem(item, `${at}[${i}]`, put));
}

function visitItem(item: unknown, at: string, put: Visit): void {
  const type = field(item, 'type');
  switch (type) {
    case 'function_call':
      put('arguments', `${at}.name`, field(item, 'name'));
      return putArguments(field(item, 'arguments'), `${at}.arguments`, put);
    case 'function_call_output':
      return visitContent(field(item, 'output'), `${at}.output`, 'outputs', put);
    case 'reasoning':
      visitContent(field(item, 'summary'), `${at}.summary`, 'reasoning', put);
      return visitContent(field(item, 'content'), `${at}.content`, 'reasoning', put);
  }
  for (const key of ['reasoning_content', 'reasoning', 'thinking']) put('reasoning', `${at}.${key}`, field(item, key));
  visitContent(field(item, 'content'), `${at}.content`, field(item, 'role') === 'tool' ? 'outputs' : 'messages', put);
  const calls = field(item, 'tool_calls');
  if (!Array.isArray(calls)) return;
  calls.forEach((call: unknown, i) => {
    const called = field(call, 'function');
    put('arguments', `${at}.tool_calls[${i}].function.name`, field(called, 'name'));
    putArguments(field(called, 'arguments'), `${at}.tool_calls[${i}].function.arguments`, put);
  });
}

/** A text, or a list of parts with texts or refusals. */
function visitContent(content: unknown, at: string, scope: SearchScope, put: Visit): void {
  put(scope, at, content);
  if (!Array.isArray(content)) return;
  content.forEach((part: unknown, i) => {
    put(scope, `${at}[${i}]`, part);
    put(scope, `${at}[${i}].text`, field(part, 'text'));
    put(scope, `${at}[${i}].refusal`, field(part, 'refusal'));
  });
}

function putArguments(given: unknown, at: string, put: Visit): void {
  const waiting: [unknown, string][] = [[given, at]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [value, place] = next;
    if (typeof value !== 'object' || value === null) put('arguments', place, value);
    else if (Array.isArray(value)) value.forEach((each: unknown, i) => waiting.push([each, `${place}[${i}]`]));
    else {
      for (const [key, each] of Object.entries(value)) {
        put('arguments', place, key);
        waiting.push([each, `${place}.${key}`]);
      }
    }
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}
