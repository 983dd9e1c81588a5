import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runExport } from '../run.ts';
import { made, rowsOf } from '../testing/rows.ts';
import { memorySource, recipeOf, rolloutLine, temporaryFolder } from '../testing/source.ts';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const gif = Buffer.from('GIF89a, and so on', 'latin1');
const nameOf = (bytes: Buffer, extension: string): string =>
  `image-${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}.${extension}`;
/** Whatever it says it is. */
const address = (bytes: Buffer): string => `data:image/jpeg;base64,${bytes.toString('base64')}`;

function seen(task: number, urls: readonly string[]): string {
  const parts = [
    ...urls.map((url) => ({ type: 'input_image', image_url: url, detail: 'auto' })),
    { type: 'input_text', text: 'what is it?' },
  ];
  return rolloutLine(task, 1, 'a dot').replace(JSON.stringify(`question ${task}`), JSON.stringify(parts));
}

const text = (words: string) => [{ type: 'text', text: words }];

test('images that stand in the row become files named by their hash, whatever they say they are', async () => {
  const lines = [rolloutLine(1, 1, 'no image'), seen(2, [address(png), address(gif)]), seen(3, [address(png)])];
  const { rows, manifest, folder, read } = await made('trl/sft', lines, { images: 'files' });
  const [one, two] = [nameOf(png, 'png'), nameOf(gif, 'gif')];
  expect(rows.map(({ images }) => images)).toEqual([[one, two], [], [one]]);
  expect(rows[0]?.['messages']).toEqual([
    { role: 'user', content: [{ type: 'image' }, { type: 'image' }, ...text('what is it?')] },
    { role: 'assistant', content: text('a dot') },
  ]);
  expect(rows[1]?.['messages']).toEqual([
    { role: 'user', content: 'question 1' },
    { role: 'assistant', content: 'no image' },
  ]);
  expect(readFileSync(path.join(folder, one))).toEqual(png);
  expect(readFileSync(path.join(folder, two))).toEqual(gif);
  expect(manifest.files.filter(({ path: name }) => name.startsWith('image-'))).toHaveLength(2);
  expect(manifest).toMatchObject({ rolloutsUsed: 3, excluded: [] });
  expect(read('sft.yaml')).toMatch(/\nmax_length: null\n(#.*\n)*assistant_only_loss: false\n/);
  expect(read('report.md')).toContain('- 2 images');
});

test.each([
  ['by its address', 'https://example.com/a.png'],
  ['a file of the machine', 'file:///etc/passwd'],
  ['of bytes that are no image', address(Buffer.from('<svg onload="x"/>'))],
  ['of no base64', 'data:image/png;base64,@@@'],
  ['as text', 'data:image/svg+xml,<svg/>'],
])('an image %s is never fetched nor written: the row is left out', async (_, url) => {
  const { manifest, folder } = await made('trl/sft', [seen(1, [url]), rolloutLine(2, 1, 'b')], { images: 'files' });
  expect(manifest.excluded).toMatchObject([{ reason: 'mapping/image-elsewhere', count: 1 }]);
  expect(readdirSync(folder).filter((name) => name.startsWith('image-'))).toEqual([]);
});

test('where no row has an image there is no column of them, which TRL would take for a vision set', async () => {
  const { rows, read } = await made('trl/sft', [rolloutLine(1, 1, 'a')], { images: 'files' });
  expect(Object.keys(rows[0] ?? {})).toEqual(['messages']);
  expect(read('sft.yaml')).not.toContain('max_length: null');
  const without = await made('trl/sft', [seen(1, [address(png)]), rolloutLine(2, 1, 'b')]);
  expect(without.manifest.excluded).toMatchObject([{ reason: 'mapping/images', count: 1 }]);
});

test('an image that someone else put there is not replaced, and nothing is left behind', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, nameOf(png, 'png')), 'mine');
  const run = runExport(memorySource([seen(1, [address(png)])]), recipeOf('trl/sft', { images: 'files' }), { folder, overwrite: true });
  await expect(run).rejects.toMatchObject({ code: 'exists' });
  expect(readdirSync(folder)).toEqual([nameOf(png, 'png')]);
  expect(readFileSync(path.join(folder, nameOf(png, 'png')), 'utf8')).toBe('mine');
});

const real = path.resolve('../shared/rollouts');
const hasReal = existsSync(real);
describe.skipIf(!hasReal)(`real rollouts${hasReal ? '' : ' (skipped: ../shared/rollouts is not here)'}`, () => {
  test.each(['circle_click', 'vlm_eval_kit'])('every image of %s is written as it stands in the row', async (server) => {
    const lines = readFileSync(path.join(real, server, 'example_rollouts.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    const folder = temporaryFolder();
    await runExport(memorySource(lines), recipeOf('trl/sft', { images: 'files', ending: 'trim' }), { folder, overwrite: false });
    const rows = await rowsOf(folder, 'train.parquet');
    expect(rows).toHaveLength(lines.length);
    const inFile = lines.map((line) => [...line.matchAll(/data:image\/[a-z]+;base64,([A-Za-z0-9+/=]+)/g)].map(([, base64 = '']) => base64));
    const written = rows.map(({ images }) =>
      Array.isArray(images) ? images.map((name) => readFileSync(path.join(folder, String(name))).toString('base64')) : [],
    );
    const wanted = inFile.map((all) => JSON.stringify([...new Set(all)]));
    expect(written.map((all) => JSON.stringify(all)).sort()).toEqual(wanted.sort());
  });
});
