import { createHash } from 'node:crypto';
import { ByteWalk, type LineBytes } from '../rollout/index.ts';
import { canonicalJson } from './canonical-json.ts';

const utf8 = new TextDecoder();
const longLine = 1 << 20;

/**
 * What two rollouts of one task have in common when nothing names it: sha256, in hex, of the canonical JSON of the request's
 * input, tools and instructions (absent and null ones left out). Undefined without a request or with an empty input: rows
 * that share nothing must not share a task. Parses the whole line, of a long one no more than its request.
 */
export function requestHash(line: LineBytes): string | undefined {
  const row: unknown = JSON.parse(line.length > longLine ? requestOnly(line) : utf8.decode(line.read(0, line.length)));
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

/** The JSON of a line with no other members than its request; of several the last one counts. */
function requestOnly(line: LineBytes): string {
  const walk = new ByteWalk(line);
  let request = 'null';
  for (const { key, valueStart, end } of walk.members(walk.skipBlanks(0))) {
    if (key === 'responses_create_params') request = utf8.decode(walk.bytes(valueStart, end()));
  }
  return `{"responses_create_params":${request}}`;
}
