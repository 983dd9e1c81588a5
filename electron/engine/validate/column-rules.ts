import { keyRules } from './key-rules.ts';
import { oddRules } from './odd-rules.ts';
import { responseRules } from './response-rules.ts';
import { rewardRules } from './reward-rules.ts';
import { rowRules } from './row-rules.ts';
import type { ColumnRule } from './rule.ts';
import { taskRules } from './task-rules.ts';

const families = [responseRules, rewardRules, taskRules, rowRules, keyRules, oddRules];
const severities = ['error', 'warning', 'note'] as const;

/** All rules about rollouts, that columns or the bytes of lines decide: errors first, and within a severity as their families list them. */
export const columnRules: readonly ColumnRule[] = severities.flatMap((severity) =>
  families.flatMap((rules) => rules.filter((rule) => rule.severity === severity)),
);
