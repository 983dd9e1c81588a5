import type { JsonObject } from '#shared/model/json.ts';
import type { ReasonId } from './reasons.ts';

/**
 * Why a row is no rollout to train on, whatever it says; undefined where it may be. A missing reward is no reason: it matters
 * only where rollouts are compared by it. Rules in `off` are not held to.
 */
export function admissionProblem(row: JsonObject, off: ReadonlySet<string>): ReasonId | undefined {
  const failure = row['_ng_failure_class'];
  if (failure !== undefined && failure !== null && !off.has('admission/failure-row')) return 'admission/failure-row';
  return row['mask_sample'] === true && !off.has('admission/masked') ? 'admission/masked' : undefined;
}
