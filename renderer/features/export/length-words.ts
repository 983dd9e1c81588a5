import type { ExportPlan } from '#shared/model/export.ts';
import { formatCount, formatPercent } from '../../ui/format.ts';

/** "61% over 1,024": the share of the examples that is longer; null where none is, or it is not known. */
export function lengthWords(plan: ExportPlan | undefined, tokens: number | undefined): string | null {
  const over = plan?.over.find((each) => each.tokens === tokens);
  if (plan === undefined || over === undefined || over.examples === 0) return null;
  return `${formatPercent(over.examples, plan.rowsWritten)} over ${formatCount(over.tokens)}`;
}
