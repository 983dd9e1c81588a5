import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OptionValue } from '#shared/model/recipe.ts';
import { targets } from '../targets.ts';
import { type Made, made as exported } from '../testing/rows.ts';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const gif = Buffer.from('GIF89a, and so on', 'latin1');
const shown = (bytes: Buffer, mime = 'image/jpeg') => ({
  type: 'input_image',
  image_url: `data:${mime};base64,${bytes.toString('base64')}`,
  detail: 'auto',
});
const said = (text: string) => ({ type: 'input_text', text });

interface Spec {
  readonly task: number;
  readonly asked: unknown;
  readonly reward?: number;
  readonly output?: readonly unknown[];
}

function line({ task, asked, reward = 1, output = [] }: Spec): string {
  return JSON.stringify({
    responses_create_params: { input: [{ role: 'user', content: asked }] },
    response: { output: [...output, { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: `worth ${reward}` }] }] },
    reward,
    expected_answer: 'a dot',
    _ng_task_index: task,
    agent_ref: { name: 'eye' },
  });
}

const both = (task: number, asked: unknown): string[] => [line({ task, asked }), line({ task, asked, reward: 0 })];
const withOption = targets.filter(({ info }) => info.options.some(({ key, choices = [] }) => key === 'images' && choices.length === 3));
const names = withOption.map(({ info }) => info.target);
const answering = ['trl/sft-prompt-completion', 'trl/dpo', 'trl/kto'];

/** What a row names in the place of its images, whatever the trainer wants around it. */
function imagesIn(row: Record<string, unknown>): string[] {
  const value = typeof row['images'] === 'string' ? JSON.parse(row['images']) : (row['images'] ?? []);
  return value.map((each: unknown) => (typeof each === 'object' && each !== null && 'image' in each ? each.image : each));
}

/** How often an image has a place in the messages of a row. */
function placesIn(row: Record<string, unknown>, target: string): number {
  const text = JSON.stringify(row);
  return text.split(target.startsWith('verl/') ? '<image>' : '{"type":"image"}').length - 1;
}

const make = (target: string, lines: readonly string[], images: OptionValue): Promise<Made> =>
  exported(target, lines, { images, ...(target === 'trl/kto' && { shuffle: false }) });

test('these targets take images', () => {
  expect(names).toEqual(['verl/sft', 'verl/rl', 'openrlhf/ppo', 'trl/sft', 'trl/sft-prompt-completion', 'trl/dpo', 'trl/kto', 'trl/grpo']);
});

describe.each(names)('%s', (target) => {
  const lines = [...both(1, 'no image'), ...both(2, [shown(png), said('and'), shown(gif), said('what are they?')])];

  test.each(['files', 'inline'])('images=%s: the bytes of each image, in their order, one for each place', async (images) => {
    const { rows, manifest, folder, read } = await make(target, lines, images);
    const pictured = rows.filter((row) => imagesIn(row).length > 0);
    const plain = rows.filter((row) => imagesIn(row).length === 0);
    expect(pictured.length).toBe(rows.length / 2);
    expect(plain.every((row) => placesIn(row, target) === 0)).toBe(true);
    for (const row of pictured) {
      expect(placesIn(row, target)).toBe(2);
      const bytes = imagesIn(row).map((name) =>
        images === 'files' ? readFileSync(path.join(folder, name)) : Buffer.from(name.split(',')[1] ?? '', 'base64'),
      );
      expect(bytes).toEqual([png, gif]);
      const text = JSON.stringify(row);
      expect(text.indexOf('and')).toBeLessThan(text.indexOf('what are they?'));
      // Whatever the row said that they are.
      expect(imagesIn(row).map((name) => /^data:image\/(\w+);|\.(\w+)$/.exec(name)?.slice(1).join(''))).toEqual(['png', 'gif']);
    }
    const files = manifest.files.filter(({ path: name }) => name.startsWith('image-'));
    expect(files.map(({ sha256 }) => sha256).sort()).toEqual(
      images === 'files' ? [png, gif].map((bytes) => createHash('sha256').update(bytes).digest('hex')).sort() : [],
    );
    expect(manifest).toMatchObject({ rolloutsUsed: 4, excluded: [] });
    if (target.startsWith('trl/') && target !== 'trl/grpo') {
      expect(read(`${target.replace('-prompt-completion', '').slice(4)}.yaml`)).toContain('\nmax_length: null\n');
    }
  });

  test('images=leave-out is the default; where no row has one there is no column', async () => {
    const { manifest, rows } = await exported(target, lines);
    expect(manifest.excluded).toMatchObject([{ reason: 'mapping/images', count: 2 }]);
    expect(rows.every((row) => !('images' in row))).toBe(true);
    const { rows: plain } = await make(target, both(1, 'no image'), 'files');
    expect(plain.every((row) => !('images' in row))).toBe(true);
  });

  test.each([
    ['by its address', 'https://example.com/a.png'],
    ['a file of the machine', 'file:///etc/passwd'],
    ['a path', '/etc/passwd'],
    ['no image', `data:image/png;base64,${Buffer.from('<svg onload="x"/>').toString('base64')}`],
    ['no base64', 'data:image/png;base64,@@@'],
    ['empty', 'data:image/png;base64,'],
  ])('an image that is %s leaves its rollouts out, and no file is made', async (_, url) => {
    const { manifest, folder } = await make(target, [...both(1, 'none'), ...both(2, [{ type: 'input_image', image_url: url }])], 'files');
    expect(manifest.excluded).toMatchObject([{ reason: 'mapping/image-elsewhere', count: 2 }]);
    expect(readdirSync(folder).filter((name) => name.startsWith('image-'))).toEqual([]);
  });

  test('the same words about other images ask something else', async () => {
    const pair = [line({ task: 1, asked: [shown(png), said('?')] }), line({ task: 1, asked: [shown(gif), said('?')], reward: 0 })];
    const { manifest } = await make(target, [...pair, ...both(2, [shown(gif), said('?')])], 'inline');
    const reason = { 'trl/dpo': 'sampling/no-pair', 'trl/grpo': 'sampling/other-request', 'verl/rl': 'sampling/other-request' };
    const expected = { ...reason, 'openrlhf/ppo': 'sampling/other-request' }[target];
    expect(manifest.excluded.map((each) => each.reason)).toEqual(expected === undefined ? [] : [expected]);
  });
});

const looking = (task: number): string[] =>
  [1, 0].map((reward) =>
    line({
      task,
      asked: 'look',
      reward,
      output: [
        { type: 'function_call', call_id: 'c', name: 'see', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c', output: [shown(png)] },
      ],
    }),
  );

test.each(answering)('%s reads images of prompts alone: one that a tool shows is told', async (target) => {
  const { manifest } = await make(target, [...looking(1), ...both(2, 'none')], 'files');
  expect(manifest.excluded).toMatchObject([{ reason: 'target/image-place', count: 2 }]);
});

test('trl/sft: an image that a tool shows is named where it stands, because TRL fills no places there', async () => {
  const { rows, folder } = await make('trl/sft', looking(1).slice(0, 1), 'files');
  const [row = {}] = rows;
  const name = readdirSync(folder).find((each) => each.startsWith('image-'));
  expect(row['images']).toEqual([]);
  expect(JSON.stringify(row['messages'])).toContain(JSON.stringify([{ type: 'image', image: name }]));
});

test('verl: a text <image> is told where there are images, and is a text where there are none', async () => {
  const marked = both(1, [said('write <image> for'), shown(png)]);
  for (const target of ['verl/rl', 'verl/sft']) {
    const { manifest, rows } = await make(target, [...marked, ...both(2, 'write <image>, please'), ...both(3, [shown(png)])], 'files');
    expect(manifest.excluded).toMatchObject([{ reason: 'target/image-placeholder', count: 2 }]);
    expect(rows.some((row) => JSON.stringify(row).includes('write <image>, please'))).toBe(true);
  }
});

test('nemo-rl/sft keeps an image in its place, as the part that NeMo-RL reads', async () => {
  const { rows, read } = await exported('nemo-rl/sft', [line({ task: 1, asked: [said('see'), shown(png, 'image/anything;x=1')] })]);
  expect(rows[0]?.['messages']).toEqual([
    {
      role: 'user',
      content: [
        { type: 'text', text: 'see' },
        { type: 'image', image: `data:image/png;base64,${png.toString('base64')}` },
      ],
    },
    { role: 'assistant', content: 'worth 1' },
  ]);
  expect(read('sft.yaml')).toContain('examples/configs/sft_vlm_3B.yaml');
});
