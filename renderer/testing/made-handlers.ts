import { AppError } from '#shared/errors.ts';
import type { ExportPlan, ExportProgress } from '#shared/model/export.ts';
import type { InvalidLine, Problem } from '#shared/model/problem.ts';
import type { Recipe } from '#shared/model/recipe.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import type { PageContract } from '../data/client.tsx';
import { madeMessages, manyMessages } from './made-conversation.ts';
import { madeExample, madeManifest, madePlan, madeTargets, madeTotals, madeTrained } from './made-export.ts';

const broken = '{"reward": 0.5, "response": {"status": "completed" "output": []}}';
const brokenAt = 51;

export const madeProblems: readonly Problem[] = [
  {
    rule: 'json/invalid',
    severity: 'error',
    count: 812,
    rows: 812,
    title: 'Line is not JSON',
    meaning: 'The line cannot be read by any JSON parser: a writer was interrupted, or two writers shared the file.',
    remedy: 'Leave the line out, or collect this rollout again.',
    examples: [],
  },
  {
    rule: 'json/placeholder',
    severity: 'error',
    count: 20,
    rows: 20,
    title: 'Placeholder line',
    meaning: 'The line stands for a rollout that was not published.',
    remedy: 'Nothing to mend: there is no rollout here.',
    examples: [],
  },
  {
    rule: 'response/truncated',
    severity: 'warning',
    count: 2,
    rows: 2,
    title: 'Answer cut at the token limit',
    meaning: 'The model ran out of max_output_tokens before it finished.',
    remedy: 'Leave these rows out, or raise max_output_tokens and collect their tasks again.',
    examples: [12, 40].map((line) => ({
      path: 'made_rollouts.jsonl',
      line,
      at: 'response.incomplete_details.reason',
      message: 'max_output_tokens',
    })),
  },
];

/** Rows from here on are invalid lines. */
const firstInvalid = 1_000_000;

function invalidLine(rule: string, index: number): InvalidLine {
  const message = rule === 'json/placeholder' ? 'a placeholder stands here instead of a rollout' : "expected ',' or '}' after a value";
  return {
    row: firstInvalid + index,
    file: 'made_rollouts.jsonl',
    line: 6 + 41 * index,
    offset: brokenAt,
    byteOffset: 128_400 + 877_400 * index + brokenAt,
    rule,
    message,
    preview: broken,
  };
}

/** Answers about rollouts, problems and exports, in front of those of a fake engine. */
export function withMadePanels(base: Handlers<PageContract>): Handlers<PageContract> {
  const written = new Set<string>();
  return {
    ...base,
    'rollout.read': async (input, context) => {
      if (input.row >= firstInvalid)
        return { kind: 'invalid', ...invalidLine('json/invalid', input.row - firstInvalid), bytes: broken.length };
      const rollout = await base['rollout.read'](input, context);
      if (rollout.kind === 'invalid') return rollout;
      const messages = input.row === 3 ? manyMessages(2000) : [...madeMessages];
      const problems =
        input.row === 11 ? [{ rule: 'response/truncated', severity: 'warning' as const, message: 'The answer is cut.' }] : [];
      return { ...rollout, messages, problems };
    },
    'rollout.raw': async (input, context) => {
      if (input.row < firstInvalid) return base['rollout.raw'](input, context);
      return { text: broken.slice(input.range.start, input.range.end), bytes: broken.length };
    },
    'rows.find': async (input, context) => (input.row >= firstInvalid ? { position: null } : base['rows.find'](input, context)),
    'problems.list': async () => ({ problems: [...madeProblems], rules: 34, asked: 34 }),
    'problems.lines': async ({ rule, range }) => {
      const total = madeProblems.find((problem) => problem.rule === rule && problem.examples.length === 0)?.rows ?? 0;
      const count = Math.max(0, Math.min(range.end, total) - range.start);
      return { total, lines: Array.from({ length: count }, (_, index) => invalidLine(rule ?? 'json/invalid', range.start + index)) };
    },
    'export.targets': async () => ({ targets: [...madeTargets] }),
    'export.most': async ({ recipes }) => ({ most: recipes.map(() => madePlan.rowsSelected) }),
    'export.plan': async ({ recipe }, { progress, signal }) => {
      await stages(['plan'], 300, progress, signal);
      return planFor(recipe);
    },
    'export.preview': async ({ index }) => madeExample(index),
    'export.tokens': async () => madeTotals,
    'export.trained': async ({ template, tokenizer }) => madeTrained({ template, tokenizer }),
    'export.run': async ({ recipe, name, overwrite }, { progress, signal }) => {
      if (written.has(name) && !overwrite) throw new AppError('exists', `The folder ${name} is not empty.`);
      await stages(['plan', 'write', 'verify'], 3000, progress, signal);
      written.add(name);
      return madeManifest(recipe);
    },
    'shell.info': async (input, context) => {
      const info = await base['shell.info'](input, context);
      return { ...info, outRoot: { grant: 'out', kind: 'folder', name: 'runs', detail: '~/runs', bytes: 0 } };
    },
  };
}

function planFor(recipe: Recipe): ExportPlan {
  if (recipe.filter.length > 0) return madePlan;
  const selected = madePlan.rowsRead;
  const excluded = madePlan.excluded.reduce((sum, { count }) => sum + count, 0);
  return { ...madePlan, filteredOut: [], rowsSelected: selected, rolloutsUsed: selected - excluded, rowsWritten: selected - excluded };
}

async function stages(
  names: readonly ExportProgress['phase'][],
  totalMs: number,
  progress: (progress: ExportProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const begun = Date.now();
  const stepMs = totalMs / names.length / 10;
  for (const phase of names) {
    for (let step = 1; step <= 10; step++) {
      await new Promise((resolve) => setTimeout(resolve, stepMs));
      if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
      const bytesWritten = phase === 'plan' ? 0 : step * 2_140_000;
      progress({ phase, done: step * 100, total: 1000, bytesWritten, elapsedMs: Date.now() - begun });
    }
  }
}
