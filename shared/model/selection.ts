import { z } from 'zod';

/** What a set of rows is worth to a trainer. */
export const selectionSummary = z.object({
  rollouts: z.int(),
  tasks: z.int(),
  /** Sum of response.usage.output_tokens; absent where no row has it. */
  tokens: z.number().optional(),
  /** Groups whose metric spreads by more than the tolerance, over the selected rollouts. */
  groupsWithSignal: z.int(),
  /** Share of each agent, most frequent first. */
  agents: z.array(z.object({ agent: z.string(), rollouts: z.int() })),
});
export type SelectionSummary = z.infer<typeof selectionSummary>;
