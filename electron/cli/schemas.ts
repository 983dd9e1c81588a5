import { z } from 'zod';
import { manifest } from '#shared/model/export.ts';
import { profile } from '#shared/model/profile.ts';
import { recipe } from '#shared/model/recipe.ts';
import { shownRollout } from '#shared/model/rollout.ts';
import { searchReport } from '#shared/model/search.ts';
import { stats } from '#shared/model/stats.ts';
import { targetInfo } from '#shared/model/target.ts';
import { validation } from '#shared/model/validation.ts';

/** Output of `rollscope targets --json`. */
export const targetList = z.object({ targets: z.array(targetInfo) });
export type TargetList = z.infer<typeof targetList>;

/** What scripts may rely on: each changes only with a major version. */
export const publicSchemas = {
  stats,
  profile,
  validate: validation,
  show: shownRollout,
  search: searchReport,
  export: manifest,
  targets: targetList,
  recipe,
} as const satisfies Record<string, z.ZodType>;
