import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '#shared/errors.ts';
import type { Problem, Severity } from '#shared/model/problem.ts';
import type { Validation } from '#shared/model/validation.ts';
import { version } from '../host/version.ts';

const toolName = 'Rollscope';
const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'note' };
const ownLog = z.object({ runs: z.tuple([z.object({ tool: z.object({ driver: z.object({ name: z.literal(toolName) }) }) })]) });

/**
 * Writes a report in SARIF 2.1.0 (OASIS), one result an example. Replaces an earlier report of ours and no other file: fails
 * with `exists`, or with `unwritable`.
 */
export function writeSarif(file: string, validation: Validation): void {
  const text = `${JSON.stringify(sarifLog(validation), null, 2)}\n`;
  try {
    if (isOwnReport(file)) writeFileSync(file, text);
    else writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'EEXIST') throw new AppError('exists', `${file} is there already and no report of ours. Name another file for --sarif.`);
    throw new AppError('unwritable', `${file} cannot be written (${code}). Check the folder, or name another file for --sarif.`, {
      cause: error,
    });
  }
}

function isOwnReport(file: string): boolean {
  try {
    return ownLog.safeParse(JSON.parse(readFileSync(file, 'utf8'))).success;
  } catch {
    return false;
  }
}

/** Lines as regions; byte offsets within the line as columns are left out, since SARIF counts those in characters. */
export function sarifLog({ problems }: Validation): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: toolName, version, rules: problems.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: problems.flatMap(resultsOf),
      },
    ],
  };
}

function ruleOf({ rule, severity, title, meaning, remedy }: Problem): object {
  return {
    id: rule,
    shortDescription: { text: title },
    fullDescription: { text: meaning },
    help: { text: remedy },
    defaultConfiguration: { level: levels[severity] },
  };
}

function resultsOf({ rule, severity, examples }: Problem, ruleIndex: number): object[] {
  return examples.map(({ path, line, byteOffset, at, message }) => ({
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: at === undefined ? message : `${at}: ${message}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(path.split('\\').join('/')) },
          region: { startLine: line, ...(byteOffset !== undefined && { byteOffset }) },
        },
      },
    ],
  }));
}
