import { isJsonObject, JsonDepthError, type JsonObject, parseJson } from '#shared/model/json.ts';
import type { Finding } from '#shared/model/problem.ts';
import type { Call, Draft } from './draft.ts';
import { finding } from './rules.ts';

/** Which call each tool output answers: the earliest of its id that has none yet, as some writers use ids again. */
export function matchCalls(drafts: readonly Draft[], findings: Finding[]): ReadonlyMap<Draft, Call> {
  const waiting = new Map<string, Call[]>();
  const answered = new Map<Draft, Call>();
  for (const draft of drafts) {
    if (draft.role === 'assistant') {
      for (const call of draft.calls) waiting.set(call.id ?? '', [...(waiting.get(call.id ?? '') ?? []), call]);
    } else if (draft.role === 'tool') {
      const call = waiting.get(draft.callId ?? '')?.shift();
      if (call) answered.set(draft, call);
      else findings.push(finding('output/without-call', `An output for ${draft.callId ?? 'no call id'}, which no call has.`, draft.at));
    }
  }
  for (const call of [...waiting.values()].flat())
    findings.push(finding('call/without-output', `No output for a call of ${call.name}.`, call.at));
  return answered;
}

/** The arguments of a call as an object; undefined where they are no JSON object. Numbers keep their text. */
export function argumentObject(given: string | JsonObject): JsonObject | undefined {
  if (typeof given !== 'string') return given;
  try {
    const value = parseJson(given);
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof JsonDepthError) return undefined;
    throw error;
  }
}
