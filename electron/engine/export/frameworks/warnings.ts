import type { Settings } from '../settings.ts';
import { Shape, type Target, Trait } from '../types.ts';

type Warnings = ReturnType<NonNullable<Target['warnings']>>;

/** What datasets does to JSON lines, and chat templates to several calls at once. */
export function loaderWarnings(settings: Settings): Warnings {
  return [...jsonLinesWarnings(settings), ...templateWarnings()];
}

/** What datasets does to JSON lines, where the user chose them over Parquet. */
export function jsonLinesWarnings(settings: Settings): Warnings {
  if (!settings.has('format') || settings.choice('format', ['parquet', 'jsonl']) === 'parquet') return [];
  return [
    {
      id: 'json-lines/rounded',
      title: 'Numbers with more than 10 decimals, which datasets rounds in JSON lines',
      bit: Trait.longFraction,
    },
    {
      id: 'json-lines/dates',
      title: 'Dates as texts in a column that has nothing else: of JSON lines datasets makes them timestamps',
      bit: Trait.dateText,
      ofWholeFiles: true,
    },
    {
      id: 'json-lines/date-arguments',
      title: 'Dates in arguments or in the one tool, where no row has other keys: of JSON lines datasets makes them timestamps',
      bit: Trait.dateArgument,
      ofWholeFiles: true,
    },
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
