import type { Outcome, Task } from './environments/index.ts';
import type { Json } from './items.ts';
import type { Random } from './random.ts';

/** Which attempt at which task a row records. */
export interface Place {
  readonly task: number;
  readonly rollout: number;
  readonly agent: string;
  readonly checkpoint: number;
}

/** One row as NeMo Gym writes it: request, response, reward, verifier fields, then the keys Gym stamps on it. `echo`: repeats the tools in the response. */
export function rolloutRow(random: Random, place: Place, task: Task, outcome: Outcome, echo: boolean) {
  const inputTokens = tokens(task.tools) + tokens(task.input);
  const outputTokens = tokens(outcome.output);
  const reasoningTokens = tokens(outcome.output.filter((item) => item['type'] === 'reasoning'));
  const createdAt = 1_780_000_000 + place.checkpoint * 86_400 + place.task * 7 + random.int(0, 40);
  return {
    responses_create_params: {
      background: null,
      input: task.input,
      instructions: null,
      max_output_tokens: 65_536,
      metadata: null,
      model: null,
      parallel_tool_calls: true,
      reasoning: null,
      temperature: 1,
      tool_choice: 'auto',
      tools: task.tools,
      top_p: 0.95,
      stream: null,
    },
    response: {
      id: `resp_${random.hex(32)}`,
      created_at: createdAt,
      error: null,
      incomplete_details: null as { reason: string } | null,
      instructions: null,
      metadata: {},
      model: `example-policy-step-${200 * (place.checkpoint + 1)}`,
      object: 'response',
      output: outcome.output,
      parallel_tool_calls: true,
      temperature: 1,
      tool_choice: 'auto',
      tools: echo ? task.tools : [],
      top_p: 0.95,
      max_output_tokens: 65_536,
      status: 'completed',
      usage: {
        input_tokens: inputTokens,
        input_tokens_details: { cached_tokens: Math.floor(inputTokens / 64) * 32 },
        output_tokens: outputTokens,
        output_tokens_details: { reasoning_tokens: reasoningTokens },
        total_tokens: inputTokens + outputTokens,
      },
    },
    reward: outcome.reward,
    ...outcome.fields,
    _ng_task_index: place.task,
    _ng_rollout_index: place.rollout,
    agent_ref: { type: 'responses_api_agents', name: place.agent },
  };
}
export type RolloutRow = ReturnType<typeof rolloutRow>;

/** Four characters make a token, near enough. */
function tokens(value: Json): number {
  return Math.ceil(characters(value) / 4);
}

function characters(value: Json): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  for (const part of Object.values(value)) sum += characters(part);
  return sum;
}

/** A row of 100 to 300 bytes: fields and no conversation, as other writers make them. */
export function tinyRow(random: Random, place: Place, reward: number) {
  const steps = random.int(1, 40);
  const row = {
    _ng_task_index: place.task,
    _ng_rollout_index: place.rollout,
    agent_ref: { name: place.agent },
    reward,
    steps,
    elapsed_ms: random.int(100, 90_000),
  };
  return random.chance(0.5)
    ? { ...row, seed: random.int(0, 2 ** 31), done: random.chance(0.7), split: random.pick(['train', 'validation']), score: random.next() }
    : row;
}
