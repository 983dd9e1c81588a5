import type { Tool } from '#shared/model/conversation.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '#shared/model/json.ts';
import type { Finding } from '#shared/model/problem.ts';
import { finding } from './rules.ts';

/** Tools in nested chat form, without `strict`: flat ones are wrapped, nested ones cleaned; built-in tools are left out. */
export function chatTools(tools: readonly JsonValue[], at: string, findings: Finding[]): Tool[] {
  return tools.flatMap((tool, index) => {
    const described = isJsonObject(tool) ? functionOf(tool) : undefined;
    if (described) return [{ type: 'function', function: described }];
    findings.push(finding('tool/not-function', 'A tool that is no function.', `${at}[${index}]`));
    return [];
  });
}

function functionOf(tool: JsonObject): JsonObject | undefined {
  if (isJsonObject(tool['function'])) return without(tool['function'], 'strict');
  if (typeof tool['name'] !== 'string' || (tool['type'] ?? 'function') !== 'function') return undefined;
  return without(tool, 'type', 'strict');
}

function without(object: JsonObject, ...keys: string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
