import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/**
 * What two rollouts of one task have in common when nothing names it: sha256, in hex, of the canonical JSON of the request's
 * input, tools and instructions (absent and null ones left out). Undefined without a request or with an empty input: rows
 * that share nothing must not share a task. Parses the whole line.
 */
export function requestHash(line: Uint8Array): string | undefined {
  const row: unknown = JSON.parse(new TextDecoder().decode(line));
  const request = field(row, 'responses_create_params');
  const input = field(request, 'input');
  const isEmpty = (typeof input !== 'string' && !Array.isArray(input)) || input.length === 0;
  if (isEmpty) return undefined;
  const shared = { input, tools: field(request, 'tools') ?? undefined, instructions: field(request, 'instructions') ?? undefined };
  try {
    return createHash('sha256').update(canonicalJson(shared)).digest('hex');
  } catch (error) {
    if (error instanceof RangeError) return undefined; // nested deeper than the stack: no rollout that anything else reads
    throw error;
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}
