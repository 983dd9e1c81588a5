import type { ColumnKind } from './column.ts';

/** A column computed from a row, not copied from one field of it. A field of the same name appears as `field.NAME`. */
export interface DerivedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly meaning: string;
}

/** The formulas of the derived columns; missing where their input is missing, never estimated. */
export const derivedColumns: readonly DerivedColumn[] = [
  { name: 'line', kind: 'number', meaning: 'line number in its file, from 1' },
  { name: 'file', kind: 'string', meaning: 'name of the file' },
  {
    name: 'task',
    kind: 'string',
    meaning: 'task key: _ng_task_index, else task_id, problem_id or instance_id, else a hash of the request',
  },
  { name: 'rollout', kind: 'number', meaning: '_ng_rollout_index' },
  { name: 'agent', kind: 'string', meaning: 'agent_ref.name' },
  { name: 'turns', kind: 'number', meaning: 'assistant messages in the conversation made from response.output' },
  { name: 'user_turns', kind: 'number', meaning: 'user messages in the whole conversation' },
  { name: 'tools', kind: 'number', meaning: 'function_call items in response.output' },
  { name: 'tool_outputs', kind: 'number', meaning: 'function_call_output items in response.output' },
  { name: 'tools_offered', kind: 'number', meaning: 'tools in the request' },
  { name: 'tokens', kind: 'number', meaning: 'response.usage.output_tokens' },
  { name: 'tokens_in', kind: 'number', meaning: 'response.usage.input_tokens' },
  { name: 'status', kind: 'string', meaning: 'response.status' },
  { name: 'truncated', kind: 'boolean', meaning: 'response.incomplete_details is an object' },
  { name: 'incomplete_reason', kind: 'string', meaning: 'response.incomplete_details.reason' },
  { name: 'last_role', kind: 'string', meaning: 'who speaks last: assistant also where it thinks or calls, tool where a call is answered' },
  { name: 'images', kind: 'boolean', meaning: 'an image is part of a content, or of what a call gave' },
  { name: 'token_ids', kind: 'boolean', meaning: 'the response or an item of it lists token ids or their log-probabilities' },
  { name: 'model', kind: 'string', meaning: "response.model, else the request's" },
  { name: 'prompt', kind: 'string', meaning: 'last user text of the input' },
  { name: 'answer', kind: 'string', meaning: 'last assistant text of the output' },
  { name: 'problems', kind: 'number', meaning: 'rules that found something in the rollout' },
  { name: 'problem_severity', kind: 'string', meaning: 'the worst of what they found: error, warning, note or none' },
  { name: 'star', kind: 'boolean', meaning: 'review mark: starred' },
  { name: 'tags', kind: 'string', meaning: 'review mark: tags, joined by commas' },
  { name: 'note', kind: 'string', meaning: 'review mark: note' },
];
