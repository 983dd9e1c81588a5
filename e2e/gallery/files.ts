import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { oddityNames } from '../../bench/generate/oddities.ts';
import { writeFile as generate } from '../../bench/generate/write.ts';
import { rolloutLine } from '../made-files.ts';
import { referenceFile } from '../paths.ts';

const plan = { seed: 1, size: 'real', rollouts: 8, checkpoint: 0, odd: 0.01, kinds: [...oddityNames] } as const;

/** A file of rollouts that differ in what `changes` says of the row with this number. */
function rows(count: number, changes: (index: number) => Readonly<Record<string, unknown>>): string {
  const lines = Array.from({ length: count }, (_, index) =>
    rolloutLine(`Answer ${index}.`, { _ng_task_index: Math.floor(index / 4), _ng_rollout_index: index % 4, ...changes(index) }),
  );
  return `${lines.join('\n')}\n`;
}

const without = { _ng_task_index: undefined, _ng_rollout_index: undefined };
const extremes = [1e308, -1e308, 0, 1, 5e-324, -0.25];

/** What the odd files hold; each is one line of the list "Bad input" of the workspace. */
const odd = {
  'one-value': () => rows(40, () => ({ reward: 1 })),
  'all-missing': () => rows(40, () => ({ reward: null, score: null })),
  'no-reward': () => rows(40, () => ({ reward: undefined, tests_passed: 3 })),
  extremes: () => rows(60, (index) => ({ reward: extremes[index % extremes.length] })),
  'minus-100': () => rows(200, (index) => ({ reward: index % 9 === 0 ? -100 : Number((((index * 37) % 195) / 10).toFixed(1)) })),
  'number-and-text': () => rows(60, (index) => ({ difficulty: index % 3 === 0 ? 'hard' : index % 7, reward: (index % 5) / 4 })),
  'one-row': () => rows(1, () => ({})),
  unreadable: () => '<PLACEHOLDER ROW>\n{"reward":NaN}\n[1, 2]\n{"reward": 1\n',
  'many-columns': () =>
    rows(60, (index) => Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`metric_${at}_of_the_verifier`, (index * at) % 17]))),
  'no-tasks': () => rows(120, (index) => ({ ...without, problem_id: `p${index % 15}`, reward: index % 2 })),
  'long-words': () =>
    rows(60, (index) => ({
      agent_ref: { name: `an_agent_whose_name_${'goes_on_and_'.repeat(6)}${index % 12}` },
      status_of_the_verifier_after_the_second_attempt: index % 2 === 0,
      reward: index / 60,
    })),
} as const;

const real = ['mcqa', 'workplace_assistant', 'newton_bench', 'grl_tetris', 'math_with_judge', 'blackjack', 'gdpval', 'code_gen'] as const;

export type GalleryFile = 'main' | keyof typeof odd | (typeof real)[number] | 'marked' | 'joined' | 'large' | 'empty' | 'zip';

/** Where a file of the gallery lies; written into `folder` when it is first wanted. */
export function galleryFile(name: GalleryFile, folder: string, main: string | null): string {
  const known = real.find((server) => server === name);
  if (known !== undefined && existsSync(referenceFile(known))) return referenceFile(known);
  const file = path.join(folder, name, `${name}_rollouts.jsonl`);
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true });
    // A copy: review marks are written beside it.
    if (name === 'main' && main !== null) copyFileSync(main, file);
    else write(name, file);
  }
  return file;
}

function write(name: GalleryFile, file: string): void {
  const beside = (ending: string, text: string): void => writeFileSync(file.replace('.jsonl', ending), text);
  const own = Object.entries(odd).find(([each]) => each === name)?.[1];
  if (own !== undefined) writeFileSync(file, own());
  else if (name === 'empty') writeFileSync(file, '');
  else if (name === 'zip') writeFileSync(file, Buffer.from('PK\u0003\u0004\u0000\u0000binary\u0000'));
  else if (name === 'large') generate(file, plan, { bytes: 600e6, crlf: false, bom: false, cutEnd: false });
  else if (name === 'marked' || name === 'joined') {
    writeFileSync(
      file,
      rows(80, (index) => ({ reward: (index % 5) / 4 })),
    );
    if (name === 'marked') writeFileSync(`${file}.rollscope.jsonl`, '{"format":"rollscope-marks"}\n<html>this is no mark\n');
    else {
      const keys = { _ng_task_index: 3, _ng_rollout_index: 2 };
      beside('_materialized_inputs.jsonl', `${JSON.stringify({ ...keys, prompt: 'Say something.' })}\n`);
      beside('_failures.jsonl', `${JSON.stringify({ ...keys, _ng_failure_class: 'judge_failed' })}\n`);
    }
  } else generate(file, plan, { rows: name === 'main' ? 2400 : 60, crlf: false, bom: false, cutEnd: false });
}
