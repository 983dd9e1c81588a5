import type { JsonObject } from '#shared/model/json.ts';
import type { ReasonId } from './reasons.ts';

/**
 * Why a row is no rollout to train on, whatever it says; undefined where it may be. A missing reward is no reason: it matters
 * only where rollouts are compared by it.
 */
export function admissionProblem(row: JsonObject): ReasonId | undefined {
  const failure = row['_ng_failure_class'];
  if (failure !== undefined && failure !== null) return 'admission/failure-row';
  return row['mask_sample'] === true ? 'admission/masked' : undefined;
}
