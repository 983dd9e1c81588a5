import { z } from 'zod';

/** What a set of rows is worth to a trainer. */
export const selectionSummary = z.object({
  rollouts: z.int(),
  tasks: z.int(),
  /** Sum of response.usage.output_tokens; absent where no row has it. */
  tokens: z.number().optional(),
  /** Groups whose metric spreads by more than the tolerance, over the selected rollouts: those that train a policy. */
  groupsWithSignal: z.int(),
  /** Groups of two or more values without a spread, and those of fewer than two: all three add up to the tasks. */
  groupsAllEqual: z.int(),
  groupsSingle: z.int(),
  /**
   * Pairs of rollouts of a task that were asked the same and answered otherwise, and whose metrics differ by the margin: of
   * best and worst, one for each request, and all there are. `split`: of them, those whose better rollout reaches the pass
   * mark while the worse one does not. Absent until prompts and answers of all rows have been told apart.
   */
  pairs: z
    .object({
      margin: z.number(),
      bestWorst: z.int(),
      all: z.number(),
      split: z.object({ bestWorst: z.int(), all: z.number() }),
    })
    .optional(),
  /** Rollouts from the pass mark on, and below it; those without the metric are neither. */
  labels: z.object({ passMark: z.number(), good: z.int(), bad: z.int() }),
  /** Share of each agent, most frequent first. */
  agents: z.array(z.object({ agent: z.string(), rollouts: z.int() })),
});
export type SelectionSummary = z.infer<typeof selectionSummary>;
