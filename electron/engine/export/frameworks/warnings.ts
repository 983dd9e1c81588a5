import type { Settings } from '../settings.ts';
import { Shape, type Target, Trait } from '../types.ts';

type Warnings = ReturnType<NonNullable<Target['warnings']>>;

/** What datasets does to JSON lines, and chat templates to several calls at once. */
export function loaderWarnings(settings: Settings): Warnings {
  const isRounded = settings.has('format') && settings.choice('format', ['parquet', 'jsonl']) === 'jsonl';
  return [
    ...(isRounded
      ? [
          {
            id: 'json-lines/rounded',
            title: 'Numbers with more than 10 decimals, which datasets rounds in JSON lines',
            bit: Trait.longFraction,
          },
        ]
      : []),
    ...templateWarnings(),
  ];
}

export function templateWarnings(): Warnings {
  return [
    {
      id: 'template/parallel-calls',
      title: 'Several calls in one message, which some chat templates refuse or cut (parallel-calls=split)',
      bit: Shape.parallelCalls,
    },
  ];
}

/** NeMo-RL's loss on preference pairs is on the last message alone. */
export const lastMessageWarning: Warnings[number] = {
  id: 'trainer/last-message-only',
  title: 'Answers of several messages, of which NeMo-RL trains on the last only',
  bit: Trait.severalMessages,
};

/** DPO and KTO have no mask of the assistant's words. */
export const toolOutputWarning: Warnings[number] = {
  id: 'trainer/tool-outputs-trained',
  title: 'Tool outputs among the answers, which are trained on as well',
  bit: Shape.toolOutputs,
};
