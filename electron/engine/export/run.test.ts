import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { manifest } from '#shared/model/export.ts';
import { recipe as recipeSchema } from '#shared/model/recipe.ts';
import { planExport, previewExample } from './plan.ts';
import { runExport } from './run.ts';
import { memorySource, recipeOf, rolloutLine, temporaryFolder, toolItems } from './testing/source.ts';

const plain = rolloutLine(0, 1, 'four');
const called = rolloutLine(
  1,
  0.9,
  'done',
  toolItems('{"x": 1.0, "id": 9007199254740993, "big": 1180591620717411303424, "day": "2023-11-30", "none": null}'),
);
const failed = rolloutLine(1, 0.1, 'no');
const unanswered = '{"responses_create_params":{"input":"q"},"response":{"output":[]},"reward":1}';
const source = memorySource([plain, '<broken>', failed, called, unanswered]);
const kept = (target: string, options = {}) => recipeOf(target, options, ['reward >= 0.5']);

function read(folder: string, name: string): string {
  return readFileSync(path.join(folder, name), 'utf8');
}

test('Parquet for TRL: lists of JSON, numbers as written, the row with calls first', async () => {
  const folder = temporaryFolder();
  const made = await runExport(source, kept('trl/sft', { meta: true }), { folder, overwrite: false });
  const file = await asyncBufferFromFile(path.join(folder, 'train.parquet'));
  const metadata = await parquetMetadataAsync(file);
  expect(metadata.schema.find(({ name }) => name === 'element')).toMatchObject({
    type: 'BYTE_ARRAY',
    converted_type: 'JSON',
    logical_type: { type: 'JSON' },
  });
  const parsers = { jsonFromBytes: (bytes: Uint8Array) => new TextDecoder().decode(bytes) };
  const rows = await parquetReadObjects({ file, parsers });
  expect(rows).toHaveLength(2);
  expect(rows[0]?.['messages'][1]).toBe(
    '{"role":"assistant","content":"","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":' +
      '{"x":1.0,"id":9007199254740993,"big":"1180591620717411303424","day":"2023-11-30","none":null}}}]}',
  );
  expect(JSON.parse(rows[1]?.['gym_meta'])).toEqual({ task: 0, agent: 'a', reward: 1, file: 'a.jsonl', line: 1 });
  expect(made).toMatchObject({
    rowsRead: 4,
    invalidLines: 1,
    filteredOut: [{ condition: 'reward >= 0.5', count: 1 }],
    rowsSelected: 3,
    rolloutsUsed: 2,
    rowsWritten: 2,
    excluded: [{ reason: 'target/no-assistant-message', count: 1, examples: [{ path: 'a.jsonl', line: 5 }] }],
  });
  expect(made.checks).toHaveLength(3);
  expect(made.checks.every(({ ok }) => ok)).toBe(true);
});

test('the folder holds data, configuration, recipe, report and manifest, and nothing half-written', async () => {
  const folder = path.join(temporaryFolder(), 'new/deep');
  const made = await runExport(source, kept('trl/sft', { format: 'jsonl' }), { folder, overwrite: false });
  expect(readdirSync(folder).sort()).toEqual(['README.md', 'manifest.json', 'recipe.json', 'report.md', 'sft.yaml', 'train.jsonl']);
  expect(manifest.parse(JSON.parse(read(folder, 'manifest.json')))).toEqual(made);
  expect(recipeSchema.parse(JSON.parse(read(folder, 'recipe.json')))).toEqual(made.recipe);
  expect(made.recipe.options).toMatchObject({ format: 'jsonl', reasoning: 'inline' });
  expect(read(folder, 'sft.yaml')).toContain(`data_files: ${JSON.stringify(path.join(folder, 'train.jsonl'))}`);
  expect(read(folder, 'report.md')).toContain('No assistant message');
  const rows = read(folder, 'train.jsonl').split('\n');
  expect(rows.pop()).toBe('');
  expect(rows.map((row) => Object.keys(JSON.parse(row)))).toEqual([['messages'], ['messages']]);
});

test('every row has the same columns: null where a rollout offered no tools', async () => {
  const offered = plain.replace('"input"', '"tools":[{"type":"function","name":"f","parameters":{}}],"input"');
  const folder = temporaryFolder();
  await runExport(memorySource([plain, offered]), recipeOf('trl/sft', { format: 'jsonl' }), { folder, overwrite: false });
  const [first, second] = read(folder, 'train.jsonl').split('\n');
  expect(JSON.parse(first ?? '').tools).toEqual([{ type: 'function', function: { name: 'f', parameters: {} } }]);
  expect(JSON.parse(second ?? '')).toMatchObject({ tools: null });
  const nemo = temporaryFolder();
  await runExport(memorySource([plain, offered]), recipeOf('nemo-rl/sft'), { folder: nemo, overwrite: false });
  expect(JSON.parse(read(nemo, 'train.jsonl').split('\n')[1] ?? '')).not.toHaveProperty('tools');
  expect(read(nemo, 'sft.yaml')).toContain(`data_path: ${JSON.stringify(path.join(nemo, 'train.jsonl'))}, use_preserving_dataset: true`);
});

test('NeMo-RL reads lines as they are: whole numbers of any size stay numbers', async () => {
  const folder = temporaryFolder();
  await runExport(source, kept('nemo-rl/sft'), { folder, overwrite: false });
  expect(read(folder, 'train.jsonl')).toContain('"arguments":{"x":1.0,"id":9007199254740993,"big":1180591620717411303424,');
});

test('chosen lines pass byte for byte', async () => {
  const odd = '{ "reward": 1.0,  "text": "\\ud83d \u2028",\t"deep": 1e400 }';
  const folder = temporaryFolder();
  await runExport(memorySource([failed, odd, plain]), kept('custom/rollouts'), { folder, overwrite: false });
  expect(read(folder, 'train.jsonl')).toBe(`${odd}\n${plain}\n`);
});

test('own fields: from the conversation, the row and its columns', async () => {
  const folder = temporaryFolder();
  const fields = {
    q: 'prompt',
    a: 'completion',
    all: 'text',
    r: 'reward',
    out: 'response.output.0.type',
    as: 'response.output[0].type',
    who: 'agent',
    none: 'no.such',
    n: 'field._ng_task_index',
  };
  await runExport(memorySource([plain.replace('"reward":1', '"reward":1.0')]), recipeOf('custom/map', { fields }), {
    folder,
    overwrite: false,
  });
  expect(read(folder, 'train.jsonl')).toBe(
    '{"q":[{"role":"user","content":"question 0"}],"a":[{"role":"assistant","content":"four"}],"all":"user: question 0\\n\\nassistant: four",' +
      '"r":1.0,"out":"message","as":"message","who":"a","none":null,"n":0}\n',
  );
});

test('the same recipe gives the same bytes, whatever it is planned or shuffled', async () => {
  const many = memorySource(
    Array.from({ length: 60 }, (_, i) => rolloutLine(i % 20, i / 60, `answer ${i}`, i % 7 === 3 ? toolItems('{}') : [])),
  );
  const recipe = recipeOf('trl/sft', { shuffle: true, seed: 5, validation: 0.2 });
  const [one, two] = [temporaryFolder(), temporaryFolder()];
  const first = await runExport(many, recipe, { folder: one, overwrite: false });
  await planExport(many, recipe);
  const second = await runExport(many, first.recipe, { folder: two, overwrite: false });
  const data = (made: typeof first) => made.files.filter(({ rows }) => rows > 0);
  expect(data(second)).toEqual(data(first));
  expect(data(first).map(({ path: name, rows }) => [name, rows])).toEqual([
    ['train.parquet', 48],
    ['validation.parquet', 12],
  ]);
  expect(read(one, 'sft.yaml')).toContain('dataset_test_split: validation');
});

test('a folder that is not empty is refused; overwriting replaces what we wrote, and nothing else', async () => {
  const folder = temporaryFolder();
  await runExport(source, kept('trl/sft', { format: 'jsonl', validation: 0.5 }), { folder, overwrite: false });
  expect(existsSync(path.join(folder, 'validation.jsonl'))).toBe(true);
  await expect(runExport(source, kept('trl/sft'), { folder, overwrite: false })).rejects.toMatchObject({ code: 'exists' });
  writeFileSync(path.join(folder, 'mine.txt'), 'mine');
  await runExport(source, kept('trl/sft'), { folder, overwrite: true });
  expect(readdirSync(folder).sort()).toEqual([
    'README.md',
    'manifest.json',
    'mine.txt',
    'recipe.json',
    'report.md',
    'sft.yaml',
    'train.parquet',
  ]);
  writeFileSync(path.join(folder, 'train.jsonl'), 'mine');
  await expect(runExport(source, kept('nemo-rl/sft'), { folder, overwrite: true })).rejects.toMatchObject({ code: 'exists' });
  expect(read(folder, 'train.jsonl')).toBe('mine');
  expect(existsSync(path.join(folder, 'train.parquet'))).toBe(true);
});

test('a manifest that names paths outside the folder removes nothing there', async () => {
  const folder = temporaryFolder();
  const inside = path.join(folder, 'out');
  writeFileSync(path.join(folder, 'precious'), 'x');
  const made = await runExport(source, kept('nemo-rl/sft'), { folder: inside, overwrite: false });
  writeFileSync(
    path.join(inside, 'manifest.json'),
    JSON.stringify({ ...made, files: [...made.files, { ...made.files[0], path: '../precious' }] }),
  );
  await runExport(source, kept('nemo-rl/sft'), { folder: inside, overwrite: true });
  expect(read(folder, 'precious')).toBe('x');
});

test('stopped on the way, nothing stays', async () => {
  const folder = path.join(temporaryFolder(), 'out/in');
  const stop = new AbortController();
  const many = memorySource(Array.from({ length: 4000 }, (_, i) => rolloutLine(i, 1, 'x'.repeat(2000))));
  const running = runExport(
    many,
    recipeOf('trl/sft'),
    { folder, overwrite: false },
    {
      signal: stop.signal,
      onProgress: ({ phase }) => (phase === 'write' ? stop.abort() : undefined),
    },
  );
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  expect(existsSync(path.dirname(folder))).toBe(false);
});

test('with nothing to write no folder is made', async () => {
  const folder = path.join(temporaryFolder(), 'out');
  await expect(runExport(memorySource([unanswered]), recipeOf('trl/sft'), { folder, overwrite: false })).rejects.toMatchObject({
    code: 'nothing-left',
    message: 'None of the 1 selected rollouts can be written. Most of them (1): no assistant message.',
  });
  expect(existsSync(folder)).toBe(false);
});

test('a place that cannot be written is said so', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'file'), '');
  await expect(runExport(source, kept('trl/sft'), { folder: path.join(folder, 'file'), overwrite: false })).rejects.toMatchObject({
    code: 'unwritable',
  });
  mkdirSync(path.join(folder, 'train.parquet'));
  await expect(runExport(source, kept('trl/sft'), { folder, overwrite: true })).rejects.toMatchObject({ code: 'exists' });
});

test('a file that changes between counting and writing stops the export', async () => {
  const folder = temporaryFolder();
  const lines = [plain, called];
  const changing = memorySource(lines);
  const recipe = recipeOf('nemo-rl/sft');
  await planExport(changing, recipe);
  lines[1] = unanswered;
  await expect(runExport(changing, recipe, { folder, overwrite: false })).rejects.toMatchObject({ code: 'changed' });
  expect(readdirSync(folder)).toEqual([]);
});

test('the preview is what is written, in its order', async () => {
  const recipe = kept('nemo-rl/sft');
  const folder = temporaryFolder();
  await runExport(source, recipe, { folder, overwrite: false });
  const rows = read(folder, 'train.jsonl').trimEnd().split('\n');
  const first = await previewExample(source, recipe, -3);
  expect(first).toMatchObject({ index: 0, total: 2, split: 'train', row: 3, line: 4, file: 'a.jsonl' });
  expect(first?.json).toContain('"x": 1.0,');
  expect(JSON.parse(first?.json ?? '')).toEqual(JSON.parse(rows[0] ?? ''));
  expect(await previewExample(source, recipe, 99)).toMatchObject({ index: 1, line: 1 });
  expect(await previewExample(memorySource([unanswered]), recipe, 0)).toBeNull();
});

test('two exports at once into one folder: one is written, the other refused', async () => {
  const folder = path.join(temporaryFolder(), 'both');
  const [first, second] = await Promise.allSettled([
    runExport(source, kept('trl/sft', { format: 'jsonl' }), { folder, overwrite: true }),
    runExport(source, kept('custom/rollouts'), { folder, overwrite: true }),
  ]);
  const ends = [first, second].map((end) => (end.status === 'fulfilled' ? 'written' : Reflect.get(end.reason, 'code')));
  expect(ends.sort((a, b) => String(a).localeCompare(String(b)))).toEqual(['exists', 'written']);
  expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  await runExport(source, kept('custom/rollouts'), { folder, overwrite: true });
});

test('a manifest from elsewhere leads to no other folder', async () => {
  const outside = temporaryFolder();
  writeFileSync(path.join(outside, 'precious.txt'), 'precious');
  const folder = path.join(outside, 'export');
  const made = await runExport(source, kept('custom/rollouts'), { folder, overwrite: false });
  const listed = ['', '.', '..', '../precious.txt', path.join(outside, 'precious.txt')].map((name) => ({
    path: name,
    rows: 0,
    bytes: 0,
    sha256: '',
  }));
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify({ ...made, files: [...made.files, ...listed] }));
  await runExport(source, kept('custom/rollouts'), { folder, overwrite: true });
  expect(read(outside, 'precious.txt')).toBe('precious');
});

test('NeMo-RL fails at folders whose name starts with a dot: nothing is written there', async () => {
  const folder = path.join(temporaryFolder(), '.hidden');
  await expect(runExport(source, kept('nemo-rl/sft'), { folder, overwrite: false })).rejects.toMatchObject({ code: 'bad-input' });
  expect(existsSync(folder)).toBe(false);
  await runExport(source, kept('trl/sft'), { folder, overwrite: false });
});
