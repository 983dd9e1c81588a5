import type { Cell } from '#shared/model/cell.ts';

/** A made-up row: what the engine would have found in one line. A key that is not there is missing. */
export type FakeRow = Readonly<Record<string, Cell>>;

const agents = ['math_with_judge', 'code_gen', 'mcqa', 'text_to_sql', 'workplace_assistant', 'google_search', 'newton_bench', 'gdpval'];
const prompts = [
  'Find the average number of comments per post for each user, but only for users with at least three posts.',
  'Delete my last email from the archive folder and tell me what it said.',
  'Solve the equation |x² − 2x − 14| = 7 and give the sum of all real solutions.',
  'You are given three sequences a, b and c. For each i choose one of the three so that the sum is least.',
  'Which of the following mechanisms can regulate gene expression at the level of translation?',
  'Begin your scientific discovery process for the unknown force. Design experiments and state the law.',
];
const answers = [
  '\\boxed{32}',
  'SELECT u.name, AVG(n) FROM posts GROUP BY u.name',
  'Let us analyze each statement in turn.',
  'The email is gone.',
];

/** mulberry32: a seeded stream of numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Rollouts of one dataset, eight a task: rewards in [-0.5, 1] with peaks at 0 and 1, some null, some missing. */
export function makeRows(count: number, seed = 1): FakeRow[] {
  const random = seeded(seed);
  const pick = <T>(items: readonly T[], skew = 1): T => {
    const item = items[Math.floor(random() ** skew * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  return Array.from({ length: count }, (_, index) => {
    const agent = pick(agents, 1.6);
    const fate = random();
    const reward = fate < 0.01 ? null : fate < 0.3 ? 0 : fate < 0.65 ? 1 : Number((random() * 1.5 - 0.5).toFixed(3));
    const turns = 1 + Math.floor(random() ** 4 * 20);
    const tools = Math.max(0, turns - 1);
    return {
      line: index + 1,
      file: 'made.jsonl',
      task: String(Math.floor(index / 8)),
      rollout: index % 8,
      agent,
      turns,
      user_turns: 1,
      tools,
      tokens: Math.floor(Math.exp(4 + random() * 5)),
      status: fate > 0.985 ? 'incomplete' : 'completed',
      truncated: fate > 0.985,
      model: 'made-30b',
      prompt: pick(prompts),
      answer: pick(answers),
      ...(fate >= 0.02 || fate < 0.01 ? { reward } : {}),
      ...(agent === 'newton_bench'
        ? { rmsle: Number((random() ** 6 * 3).toPrecision(4)), difficulty: pick(['easy', 'medium', 'hard']) }
        : {}),
      correct: reward === 1,
    };
  });
}
