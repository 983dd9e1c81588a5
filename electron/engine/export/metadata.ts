import { type JsonValue, writeJson } from '#shared/model/json.ts';
import type { Rollout } from './rollout.ts';

/** The column `gym_meta`: a JSON text that says where a row came from. What a row lacks is left out. */
export function gymMeta(rollout: Rollout): string {
  const fields: Record<string, JsonValue | undefined> = {
    task: rollout.cell('task'),
    agent: rollout.cell('agent'),
    rollout: rollout.cell('rollout'),
    reward: rollout.object()['reward'],
    file: rollout.cell('file'),
    line: rollout.lineNumber(),
  };
  return writeJson(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)));
}
