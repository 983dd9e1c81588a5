import { limits } from '#shared/limits.ts';
import type { Exclusion } from '#shared/model/export.ts';

/** Why a rollout is left out. A rollout has one reason, the first met: rules of the recipe, admission, mapping, target, length, sampling. */
interface Reason {
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  readonly remedy: string;
}

const table = [
  {
    id: 'admission/failure-row',
    title: 'Failed attempt',
    meaning: 'The row has _ng_failure_class: it records an attempt that failed, and its reward counts for nothing.',
    remedy: 'Nothing to mend: failures belong into their own file. To pass them on as they are, export custom/rollouts.',
  },
  {
    id: 'admission/masked',
    title: 'Masked',
    meaning: 'The row has mask_sample: the environment asked to leave it out of training.',
    remedy: 'Look at failure_reason or _ng_token_capture of the row. To pass it on as it is, export custom/rollouts.',
  },
  {
    id: 'admission/no-response',
    title: 'No response',
    meaning: 'The row has no response with output items, and no messages that an assistant answered.',
    remedy: 'Collect these rollouts again. Files of tasks or of materialized inputs hold no rollouts.',
  },
  {
    id: 'mapping/too-deep',
    title: 'Nested too deep',
    meaning: 'A value of the row is nested deeper than 512 levels, which the readers of the trainers refuse.',
    remedy: 'Look at the row: such nesting is nearly always a runaway generation.',
  },
  {
    id: 'mapping/unknown-item',
    title: 'Item of unknown type',
    meaning: 'The conversation holds an item that no chat message can express, such as a call of a built-in tool.',
    remedy: 'Collect with function tools, or export custom/rollouts or response.output by custom/map.',
  },
  {
    id: 'mapping/images',
    title: 'Images or other media',
    meaning: 'A message is a list of parts with media, which a text model cannot be trained on; its template may drop the text as well.',
    remedy:
      'For a vision model take a target with the option images, and set it to files or inline (nemo-rl/sft: keep); or map the messages yourself with custom/map. Audio and video no target takes.',
  },
  {
    id: 'mapping/image-elsewhere',
    title: 'Image that is not in the row',
    meaning: 'A message has an image by its address, or one whose bytes are no PNG, JPEG, GIF or WebP. Nothing is ever fetched.',
    remedy: 'Collect with images as data: addresses, or export custom/openai-chat, which passes parts on as they are.',
  },
  {
    id: 'mapping/arguments-not-object',
    title: 'Arguments are no JSON object',
    meaning: 'A tool call has arguments that are no JSON object, where the trainer needs one.',
    remedy: 'Usually the model wrote broken JSON, which is not worth training on. custom/map keeps the text.',
  },
  {
    id: 'mapping/lone-surrogate',
    title: 'Half a character',
    meaning: 'A text holds half of a surrogate pair, which is no character: loaders drop it silently or refuse the whole file.',
    remedy: 'Look at the row: a text was cut in the middle of an emoji. custom/rollouts passes the line on as it is.',
  },
  {
    id: 'mapping/infinite-number',
    title: 'Number beyond float64',
    meaning: 'A number such as 1e400 is infinite to every trainer, which then trains on the word Infinity or fails.',
    remedy: 'Look at the row: it is nearly always a mistake of the model. custom/rollouts passes the line on as it is.',
  },
  {
    id: 'mapping/tiny-number',
    title: 'Number near zero',
    meaning: 'A number such as 5e-324 is nearer to zero than what datasets reads: it gives 0, or another number.',
    remedy: 'Look at the row: it is nearly always a mistake. nemo-rl/sft and verl/sft, whose loaders read it as it is, keep such rows.',
  },
  {
    id: 'target/empty',
    title: 'No field has a value',
    meaning: 'None of the paths leads to anything in this row.',
    remedy: 'Check the paths: they start at the row, as in response.output or metadata.difficulty.',
  },
  {
    id: 'target/no-assistant-message',
    title: 'No assistant message',
    meaning: 'The conversation has nothing that an assistant said or called, so there is nothing to train on.',
    remedy: 'Look at the end of such a rollout. With reasoning=inline, reasoning alone counts as said.',
  },
  {
    id: 'target/ends-without-assistant',
    title: 'Does not end with the assistant',
    meaning: 'The last message is not an assistant message, and the option ending leaves such rollouts out.',
    remedy: 'With ending=trim the messages behind the last assistant message are cut instead.',
  },
  {
    id: 'target/parallel-calls',
    title: 'Several calls in one message',
    meaning:
      'A message holds several tool calls, and the option parallel-calls leaves such rollouts out, or cannot tell which output is whose.',
    remedy: 'With parallel-calls=keep they are written as they are.',
  },
  {
    id: 'target/no-prompt',
    title: 'No prompt',
    meaning: 'Nothing stands before the answer that the assistant could reply to: no message of a user or a tool.',
    remedy: 'Look at the request: the environment gave none. For whole conversations export sft.',
  },
  {
    id: 'target/starts-with-assistant',
    title: 'Begins with the assistant',
    meaning: 'The trainer needs a message before the first one of the assistant, and fails without it.',
    remedy: 'Keep system messages, or export for another trainer.',
  },
  {
    id: 'target/several-messages',
    title: 'Answer of several messages',
    meaning: 'The trainer takes one text for an answer: it can hold neither tool calls nor several messages.',
    remedy: 'Export nemo-rl/preference, which takes messages, or keep such rollouts out by turns = 1.',
  },
  {
    id: 'target/prompt-not-one-question',
    title: 'Prompt of several messages',
    meaning: 'The trainer takes one text for a prompt: this one has several messages, or tool calls.',
    remedy: 'Export nemo-rl/grpo, which takes the request as it is.',
  },
  {
    id: 'target/image-placeholder',
    title: 'Text <image>',
    meaning:
      'The trainer takes the text <image> (verl <video> and <audio> too, in rows with images) for a place of an image: a text model then sees an empty message, a vision model another image.',
    remedy: 'Nothing to mend without changing the text. Other trainers take it.',
  },
  {
    id: 'target/image-place',
    title: 'Image in an answer or a tool output',
    meaning:
      'The trainer reads images of the prompt alone, from what is said there: in an answer, or the output of a tool, it would miss its place.',
    remedy: 'trl/sft, verl/sft and nemo-rl/sft take images wherever they stand.',
  },
  {
    id: 'target/no-ground-truth',
    title: 'No ground truth',
    meaning: 'The row has nothing to check an answer against: none of the usual fields, or nothing at the path of ground-truth.',
    remedy: 'Name the path of the expected answer by the option ground-truth.',
  },
  {
    id: 'target/no-agent',
    title: 'No agent',
    meaning: 'The row has no agent_ref.name, by which Gym finds the environment.',
    remedy: 'Collect with a newer Gym, or add agent_ref to the rows.',
  },
  {
    id: 'target/request-refused',
    title: 'Request that Gym refuses',
    meaning: 'The request has a key or value that Gym’s own model does not admit, such as a tool in chat form or metadata that is no text.',
    remedy: 'Compare responses_create_params with the Responses API: Gym admits nothing beside it.',
  },
  {
    id: 'target/request-items',
    title: 'Request with calls or reasoning',
    meaning:
      'The input of the request holds items that are no messages with a role, and the loader would make empty user messages of them.',
    remedy: 'Export nemo-rl/grpo, which passes the request on as it is.',
  },
  {
    id: 'length/too-long',
    title: 'Longer than max-length',
    meaning: 'The row has more tokens than max-length allows, by the measure of length-by.',
    remedy: 'Raise max-length, or set longer=keep: the configuration then says what the trainer does with it.',
  },
  {
    id: 'length/template-refuses',
    title: 'Refused by the chat template',
    meaning: 'The chat template makes no text of the row, so that its tokens cannot be counted: it raises an error, or fails.',
    remedy: 'The preview shows what it says of such a row. Choose another template, or count by estimate or usage.',
  },
  {
    id: 'sampling/duplicate',
    title: 'Duplicate',
    meaning: 'An earlier rollout gives the very same row.',
    remedy: 'Nothing to mend. To keep them, set dedupe=false.',
  },
  {
    id: 'sampling/near-duplicate',
    title: 'Nearly a duplicate',
    meaning:
      'The prompt, or the answer to the same task, is nearly that of a rollout that is kept: of their shingles (five words in a row) they share at least near-threshold.',
    remedy: 'Raise near-threshold, or set near-dedupe=off. Each example says which rollout it is like, and how much they share.',
  },
  {
    id: 'sampling/no-metric',
    title: 'No value to compare by',
    meaning: 'The rollout has no number in the column that decides which are best.',
    remedy: 'Choose another metric. Where rollouts are only drawn by it, best-per-task=0 keeps all.',
  },
  {
    id: 'sampling/not-best',
    title: 'Not among the best of its task',
    meaning: 'Other rollouts of the task are better by the chosen metric, or as good and earlier in the file.',
    remedy: 'Raise best-per-task, or set it to 0 to keep all.',
  },
  {
    id: 'sampling/other-request',
    title: 'Other request of the same task',
    meaning: 'The task is written as an earlier rollout of it was asked, and this one was asked otherwise.',
    remedy: 'Look at the task: its rollouts have different prompts or tools, so that they are no siblings.',
  },
  {
    id: 'sampling/dead-band',
    title: 'Neither good nor bad',
    meaning: 'The value is nearer to the threshold than dead-band.',
    remedy: 'Make dead-band smaller, or set it to 0.',
  },
  {
    id: 'sampling/no-pair',
    title: 'In no pair',
    meaning:
      'No other rollout of the task that was asked the same and answered otherwise is far enough from it, or the strategy pairs others.',
    remedy: 'Make margin smaller, or choose pairs=all. Tasks with one rollout give no pairs.',
  },
  {
    id: 'sampling/task-cap',
    title: 'Beyond the most of its task',
    meaning: 'Others of the task were drawn: there are more of them than cap-per-task.',
    remedy: 'Raise cap-per-task, or set it to 0 to keep all.',
  },
  {
    id: 'sampling/agent-cap',
    title: 'Beyond the most of its agent',
    meaning: 'Others of the agent were drawn: there are more of them than cap-per-agent.',
    remedy: 'Raise cap-per-agent, or set it to 0 to keep all.',
  },
  {
    id: 'sampling/task-balance',
    title: 'Left out to balance tasks',
    meaning: 'The task has more rollouts than the task with the fewest, and others of it were drawn.',
    remedy: 'Set balance-tasks=false, or leave the smallest task out by a condition.',
  },
  {
    id: 'sampling/balance',
    title: 'Left out to balance agents',
    meaning: 'The agent has more rollouts than the agent with the fewest, and others of it were drawn.',
    remedy: 'Set balance=false, or leave the smallest agent out by a condition.',
  },
] as const satisfies readonly Reason[];

export type ReasonId = (typeof table)[number]['id'];
export const reasons: readonly Reason[] = table;
/** What a recipe may switch off: a row that fails the others cannot be written. */
export const admissionRules: readonly string[] = ['admission/failure-row', 'admission/masked'] satisfies readonly ReasonId[];

/** The rollout that another one is nearly the same as, and the share that they have in common. */
export interface Likeness {
  readonly row: number;
  readonly likeness: number;
}

function likenessText({ path }: { path: string }, { likeness }: Likeness, other: { path: string; line: number }): string {
  const share = Math.floor(likeness * 1000) / 10;
  return `${share} % as line ${other.line}${other.path === path ? '' : ` of ${other.path}`}`;
}

/** Counts who was left out, and why, with the first rows of each reason as examples. */
export class ExclusionTally {
  private readonly rows = new Map<string, { count: number; first: { row: number; like: Likeness | undefined }[] }>();

  /** `rules`: reasons beside those of the table, met before them. */
  constructor(private readonly rules: readonly Pick<Reason, 'id' | 'title'>[] = []) {}

  /** `reason`: one of the table or of the rules. */
  add(reason: string, row: number, like?: Likeness): void {
    let entry = this.rows.get(reason);
    if (!entry) this.rows.set(reason, (entry = { count: 0, first: [] }));
    entry.count++;
    if (entry.first.length < limits.examples) entry.first.push({ row, like });
  }

  get count(): number {
    return [...this.rows.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** In the order in which reasons are asked for. */
  list(exampleOf: (row: number) => { path: string; line: number }): Exclusion[] {
    const example = ({ row, like }: { row: number; like: Likeness | undefined }): Exclusion['examples'][number] => {
      const place = exampleOf(row);
      return like ? { ...place, detail: likenessText(place, like, exampleOf(like.row)) } : place;
    };
    return [...this.rules, ...table].flatMap(({ id, title }) => {
      const entry = this.rows.get(id);
      return entry ? [{ reason: id, count: entry.count, title, examples: entry.first.map(example) }] : [];
    });
  }
}
