import type { Page } from '@playwright/test';
import { z } from 'zod';
import { conversation, lastSaid } from '../exporting.ts';
import { expect, test } from '../fixtures.ts';
import { generatedFile } from '../made-files.ts';
import { askAll, typeCondition, type Question } from './asking.ts';
import { best, byTask, divided, readAttempts, worst, type Attempt } from './attempts.ts';
import { exportCell, goTo, type Order, type Written } from './exports.ts';

test.use({ viewport: { width: 1440, height: 900 } });
test.describe.configure({ timeout: 180_000 });

test('filtered, and handed to each kind of training', async ({ app }) => {
  const file = generatedFile(app.folder, 400, { odd: 0 });
  const all = readAttempts(file);

  const task = (
    title: string,
    filter: string,
    made: Omit<Order, 'selected'>,
    keeps: (attempt: Attempt) => boolean,
    check: Check,
  ): Question => ({
    title,
    async ask(page) {
      const kept = all.filter(keeps);
      await typeCondition(page, filter);
      check(await exportCell(app, page, file, { ...made, selected: kept.length }), kept);
    },
  });

  const passed = all.filter(({ reward }) => reward >= 0.5);
  const stock = all.filter(({ agent }) => agent === 'stockroom_agent');
  const serious = all.filter(({ agent }) => agent !== 'quiz_judge');
  const problems = all.filter(({ agent }) => agent === 'word_problems');
  await askAll(
    app,
    [file],
    [
      task(
        'the good ones to NeMo-RL, for fine-tuning',
        'reward >= 0.5',
        { cell: 'NeMo-RL SFT', examples: passed.length, command: 'uv run examples/run_sft.py --config sft.yaml' },
        ({ reward }) => reward >= 0.5,
        expectConversations,
      ),
      task(
        'pairs of one agent to OpenRLHF, for DPO',
        'agent = "stockroom_agent"',
        { cell: 'OpenRLHF DPO pairs', examples: divided(stock, 0.1).length, command: 'sh train.sh MODEL OUT' },
        ({ agent }) => agent === 'stockroom_agent',
        (written, kept) => expectPairs(divided(kept, 0.1), written.rows.map(openRlhfPair)),
      ),
      task(
        'good and bad of the tasks that are not solved to TRL, for KTO',
        'group.max < 1',
        {
          cell: 'TRL KTO',
          examples: byTask(all)
            .filter((group) => best(group) < 1)
            .flat().length,
          command: 'trl kto --config kto.yaml --model_name_or_path MODEL --output_dir OUT',
        },
        ({ task: of }) => best(all.filter((other) => other.task === of)) < 1,
        expectLabels,
      ),
      task(
        'clear pairs to NeMo-RL, for a reward model',
        'agent != "quiz_judge"',
        {
          cell: 'NeMo-RL Reward model',
          examples: divided(serious, 0.75).length,
          command: 'uv run examples/run_rm.py --config rm.yaml',
          set: (page) => setSampling(page, 'Smallest difference', '0.75'),
        },
        ({ agent }) => agent !== 'quiz_judge',
        (written, kept) => expectPairs(divided(kept, 0.75), written.rows.map(nemoRlPair)),
      ),
      task(
        'the problems with a known answer to VeRL, to train by RL',
        'agent = "word_problems"',
        { cell: 'VeRL GRPO / RL prompts', examples: byTask(problems).length, command: 'sh train.sh MODEL OUT' },
        ({ agent }) => agent === 'word_problems',
        expectPrompts,
      ),
      task(
        'input, output and score, for a program of one’s own',
        'reward >= 0.5',
        { cell: 'Custom SFT', examples: passed.length, command: null, set: nameFields },
        ({ reward }) => reward >= 0.5,
        ({ rows }, kept) =>
          expect(sorted(rows)).toEqual(
            sorted(kept.map(({ asked, answered, reward }) => ({ input: asked, output: answered, score: reward }))),
          ),
      ),
    ],
  );
});

type Check = (written: Written, kept: readonly Attempt[]) => void;

const sorted = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

async function setSampling(page: Page, option: string, value: string): Promise<void> {
  await goTo(page, 'Sampling');
  await page.getByRole('region', { name: 'Export' }).getByLabel(option).fill(value);
}

async function nameFields(page: Page): Promise<void> {
  const lens = page.getByRole('region', { name: 'Export' });
  await lens.getByRole('button', { name: 'Own fields', exact: true }).click();
  await goTo(page, 'Mapping');
  const fields = [
    ['input', 'text(last(prompt))'],
    ['output', 'answer'],
    ['score', 'reward'],
  ] as const;
  for (const [index, [name, from]] of fields.entries()) {
    if ((await lens.getByLabel(`Name of field ${index + 1}`).count()) === 0)
      await lens.getByRole('button', { name: 'Add a field' }).click();
    await lens.getByLabel(`Name of field ${index + 1}`).fill(name);
    await lens.getByLabel(`Path of field ${index + 1}`).fill(from);
  }
}

const lastAsked = (messages: z.infer<typeof conversation>): string => messages.findLast(({ role }) => role === 'user')?.content ?? '';

/** Each rollout once: what was asked and the last answer. */
function expectConversations({ rows }: Written, kept: readonly Attempt[]): void {
  const left = [...kept];
  for (const row of rows) {
    const { messages } = z.object({ messages: conversation }).parse(row);
    const at = left.findIndex(
      ({ asked, answered }) => lastSaid(messages).endsWith(answered) && messages.some(({ content }) => content === asked),
    );
    expect(at, `a rollout answers ${JSON.stringify(lastSaid(messages))}`).toBeGreaterThanOrEqual(0);
    left.splice(at, 1);
  }
  expect(left).toEqual([]);
}

function expectLabels({ rows }: Written, kept: readonly Attempt[]): void {
  const written = rows.map((row) => {
    const { prompt, completion, label } = z.object({ prompt: conversation, completion: conversation, label: z.boolean() }).parse(row);
    return { asked: lastAsked(prompt), label, said: lastSaid(completion) };
  });
  for (const label of [true, false]) {
    const expected = kept.filter(({ reward }) => reward >= 0.5 === label);
    expect(sorted(written.filter((each) => each.label === label).map(({ asked }) => asked))).toEqual(
      sorted(expected.map(({ asked }) => asked)),
    );
    const endings = written.filter((each) => each.label === label).map(({ said }) => said);
    for (const { answered } of expected) expect(endings.some((said) => said.endsWith(answered))).toBe(true);
  }
}

interface Pair {
  readonly asked: string;
  readonly chosen: string;
  readonly rejected: string;
}

function openRlhfPair(row: unknown): Pair {
  const pair = z.object({ prompt_messages: conversation, chosen_messages: conversation, rejected_messages: conversation }).parse(row);
  return { asked: lastAsked(pair.prompt_messages), chosen: lastSaid(pair.chosen_messages), rejected: lastSaid(pair.rejected_messages) };
}

function nemoRlPair(row: unknown): Pair {
  const completion = z.object({ rank: z.number(), completion: conversation });
  const { context, completions } = z.object({ context: conversation, completions: z.array(completion).length(2) }).parse(row);
  const said = (rank: number): string => lastSaid(completions.find((each) => each.rank === rank)?.completion ?? []);
  return { asked: lastAsked(context), chosen: said(0), rejected: said(1) };
}

/** One pair of each task, of a best and a worst rollout. */
function expectPairs(groups: readonly Attempt[][], pairs: readonly Pair[]): void {
  const left = [...groups];
  for (const { asked, chosen, rejected } of pairs) {
    const at = left.findIndex(
      (group) =>
        group[0]?.asked === asked &&
        group.some(({ answered, reward }) => reward === best(group) && chosen.endsWith(answered)) &&
        group.some(({ answered, reward }) => reward === worst(group) && rejected.endsWith(answered)),
    );
    expect(at, `a task asks ${JSON.stringify(asked)}`).toBeGreaterThanOrEqual(0);
    left.splice(at, 1);
  }
  expect(left).toEqual([]);
}

function expectPrompts({ rows }: Written, kept: readonly Attempt[]): void {
  const row = z.object({ prompt: conversation, reward_model: z.object({ ground_truth: z.string() }) });
  const written = rows.map((each) => row.parse(each)).map((each) => [lastAsked(each.prompt), each.reward_model.ground_truth]);
  expect(sorted(written)).toEqual(sorted(byTask(kept).map(([first]) => [first?.asked, first?.expected])));
}
