import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicSchemas } from './schemas.ts';
import { buildCommandLine, type Built } from './testing/built.ts';

const rollout = (task: number, reward: number | null, text = 'The answer is 4.') =>
  JSON.stringify({
    _ng_task_index: task,
    agent_ref: { name: 'math' },
    reward,
    responses_create_params: { input: [{ role: 'user', content: 'What is 2 + 2?' }] },
    response: { output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }] },
  });
const lines = [rollout(0, 1), rollout(0, 0), '{"cut": ', rollout(1, 1, '\u001b[31mred'), rollout(1, null)];

let built: Built;
const at = (name: string): string => path.join(built.folder, name);
const temporary = async (): Promise<string[]> => await readdir(at('tmp'));

beforeAll(async () => {
  built = await buildCommandLine();
  await writeFile(at('a.jsonl'), `${lines.join('\n')}\n`);
  await writeFile(at('empty.jsonl'), '');
  await mkdir(at('folder/deep'), { recursive: true });
  await writeFile(at('folder/deep/b.jsonl'), `${rollout(2, 1)}\n`);
}, 60_000);
afterAll(() => built.remove());

describe('search', () => {
  test('counts hits in rollouts that pass, that fail, and that have no number', async () => {
    const { code, stdout } = await built.run(['search', 'a.jsonl', 'answer', '--json']);
    const report = publicSchemas.search.strict().parse(JSON.parse(stdout));
    expect({ code, rows: report.rows, hits: report.hits }).toEqual({ code: 0, rows: 3, hits: 3 });
    expect(report.bands).toEqual({
      metric: 'reward',
      passMark: 1,
      passed: { searched: 2, rows: 1, hits: 1 },
      failed: { searched: 1, rows: 1, hits: 1 },
      without: { searched: 1, rows: 1, hits: 1 },
    });
    const text = await built.run(['search', 'a.jsonl', 'answer', '--pass-mark', '-0.5', '--where', 'reward < 2']);
    expect(text.stdout).toContain('2 hits in 2 of 3 rollouts\nreward ≥ -0.5: 2 of 3 rollouts; below: 0 of 0\n');
    const wrong = await built.run(['search', 'a.jsonl', 'answer', '--metric', 'rewrd']);
    expect({ code: wrong.code, stderr: wrong.stderr }).toMatchObject({ code: 2 });
    expect(wrong.stderr).toContain('Did you mean "reward"?');
    expect((await built.run(['search', 'a.jsonl', 'answer', '--pass-mark', 'high'])).code).toBe(2);
  });
});

describe('stats', () => {
  test('counts what the file holds, in the public shape, and says nothing else', async () => {
    const { code, stdout, stderr } = await built.run(['stats', 'a.jsonl', '--json']);
    const stats = publicSchemas.stats.strict().parse(JSON.parse(stdout));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stats.files).toEqual([
      { path: 'a.jsonl', bytes: `${lines.join('\n')}\n`.length, lines: 5, rows: 4, invalidLines: 1, blankLines: 0 },
    ]);
    expect(stats).toMatchObject({ rows: 4, invalidLines: 1, selectedRows: 4 });
    expect(stats.metrics['reward']).toMatchObject({ count: 3, missing: 1, min: 0, max: 1, median: 1 });
    expect(stats.groups).toEqual({ tasks: 2, withSignal: 1, allEqual: 0, single: 1 });
  });

  test('reads standard input, several shards, folders, with any number of threads', async () => {
    const piped = await built.run(['stats', '-', '--json'], { input: `${lines.join('\n')}\n` });
    expect(JSON.parse(piped.stdout)).toMatchObject({ rows: 4, files: [{ path: '-' }] });
    expect(await temporary()).toEqual([]);
    const shards = await built.run(['stats', 'a.jsonl', 'folder', '--recursive', '--threads', '2', '--no-cache', '--json']);
    expect(JSON.parse(shards.stdout)).toMatchObject({ rows: 5, files: [{ path: 'a.jsonl' }, { path: 'folder/deep/b.jsonl' }] });
  });

  test('reads packed files, and packed standard input', async () => {
    await writeFile(at('a.jsonl.gz'), zlib.gzipSync(`${lines.join('\n')}\n`));
    await writeFile(at('folder/deep/c.jsonl.zst'), zlib.zstdCompressSync(`${rollout(2, 1)}\n`));
    const shards = await built.run(['stats', 'a.jsonl.gz', 'folder/deep', '--json']);
    expect(JSON.parse(shards.stdout)).toMatchObject({
      rows: 6,
      files: [
        { path: 'a.jsonl.gz', unpackedBytes: `${lines.join('\n')}\n`.length, rows: 4 },
        { rows: 1 },
        { path: 'folder/deep/c.jsonl.zst', rows: 1 },
      ],
    });
    const command = `cat a.jsonl.gz | "${process.execPath}" "${built.cli}" show - --line 1 --json`;
    const shown = await new Promise<string>((resolve) =>
      execFile('sh', ['-c', command], { cwd: built.folder, env: { ...process.env, TMPDIR: at('tmp') } }, (_error, stdout) =>
        resolve(stdout),
      ),
    );
    expect(JSON.parse(shown)).toMatchObject({ line: 1, task: '0' });
    expect(await temporary()).toEqual([]);
    await rm(at('folder/deep/c.jsonl.zst'));
  });

  test('says what lies beside the file', async () => {
    await mkdir(at('beside'));
    await writeFile(at('beside/r.jsonl'), `${rollout(0, 1).replace('{', '{"_ng_rollout_index":0,')}\n`);
    await writeFile(at('beside/r_failures.jsonl'), '{"_ng_task_index":0,"_ng_rollout_index":1,"_ng_failure_class":"timeout"}\n');
    const { stdout } = await built.run(['stats', 'beside', '--json']);
    expect(publicSchemas.stats.parse(JSON.parse(stdout)).neighbours).toMatchObject([{ name: 'r_failures.jsonl', failures: { failed: 1 } }]);
    expect((await built.run(['stats', 'beside'])).stdout).toMatch(/^r_failures.jsonl: 1 failed attempt, 1 rollout never succeeded/m);
  });

  test('from the saved index as from the file, unless told not to', { timeout: 60_000 }, async () => {
    await writeFile(at('large.jsonl'), `${lines.join('\n')}\n`.repeat(8000));
    // A file that has just changed is not saved.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    const saved = at('.cache/rollscope/index');
    const first = await built.run(['stats', 'large.jsonl', '--json', '--no-cache']);
    expect(existsSync(saved)).toBe(false);
    expect(await built.run(['stats', 'large.jsonl', '--json'])).toEqual(first);
    const [name = ''] = await readdir(saved);
    const { mtimeMs } = await stat(path.join(saved, name));
    expect(await built.run(['stats', 'large.jsonl', '--json'])).toEqual(first);
    // It was found.
    expect((await stat(path.join(saved, name))).mtimeMs).toBeGreaterThan(mtimeMs);
    expect(await readdir(saved)).toEqual([name]);
  });

  test('of a selection', async () => {
    const { stdout } = await built.run(['stats', 'a.jsonl', '--where', 'reward >= 0.5 and agent = "math"', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ rows: 4, selectedRows: 2 });
    // The first task has a 0 and a 1, the second a 1 alone.
    const differing = await built.run(['stats', 'a.jsonl', '--where', 'group.signal(reward * 2) and group.mean(reward) < 1', '--json']);
    expect(JSON.parse(differing.stdout)).toMatchObject({ rows: 4, selectedRows: 2 });
    const wrong = await built.run(['stats', 'a.jsonl', '--where', 'group.mean(rewrd) < 1']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('Did you mean "reward"?');
  });

  test('for people', async () => {
    const { stdout } = await built.run(['stats', 'a.jsonl']);
    expect(stdout).toMatch(/^4 rows, 1 invalid line$/m);
    expect(stdout).toMatch(/^2 tasks: 1 with a signal, 0 all equal, 1 single$/m);
  });
});

describe('profile', () => {
  test("Gym's figures, in the public shape", async () => {
    const { code, stdout, stderr } = await built.run(['profile', 'a.jsonl', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const profile = publicSchemas.profile.strict().parse(JSON.parse(stdout));
    expect(profile).toMatchObject({ ungrouped: 0, masked: 0, failed: 0, superseded: 0, duplicates: 0 });
    expect(profile.agents).toMatchObject([{ agent: 'math', rollouts: 4, tasks: 2, 'mean/reward': 2 / 3, pass: { 'pass@1/accuracy': 75 } }]);
    expect(profile.groups).toMatchObject([
      { agent: 'math', _ng_task_index: 0, num_rollouts: 2, 'mean/reward': 0.5 },
      { agent: 'math', _ng_task_index: 1, num_rollouts: 2, 'mean/reward': 1 },
    ]);
    const none = await built.run(['profile', 'a.jsonl', '--where', 'reward > 1', '--json']);
    expect(JSON.parse(none.stdout)).toMatchObject({ agents: [], groups: [] });
  });

  test('for people; a column that is not there', async () => {
    const { stdout } = await built.run(['profile', 'a.jsonl']);
    expect(stdout).toMatch(/^math: 4 rollouts, 2 tasks$/m);
    expect(stdout).toMatch(/^k +pass@k +average of k$/m);
    expect(stdout).toMatch(/^1 +75 +100$/m);
    const { code, stderr } = await built.run(['profile', 'a.jsonl', '--answer', 'rewrad']);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean "reward"?') });
  });
});

describe('show', () => {
  test('a rollout, in the public shape and for people, with nothing that steers the terminal', async () => {
    const json = await built.run(['show', 'a.jsonl', '--line', '4', '--json']);
    expect(json.code).toBe(0);
    expect(publicSchemas.show.parse(JSON.parse(json.stdout))).toMatchObject({
      line: 4,
      byteOffset: lines.slice(0, 3).join('\n').length + 1,
      task: '1',
      agent: 'math',
      reward: 1,
      messages: [
        { role: 'user', content: 'What is 2 + 2?' },
        { role: 'assistant', content: '\u001b[31mred' },
      ],
    });
    const text = await built.run(['show', 'a.jsonl', '--line=4']);
    expect(text.stdout).toContain('\\x1b[31mred');
    expect(text.stdout).not.toContain('\u001b');
  });

  test('an invalid line is said with its reason, and is an error of the data', async () => {
    const { code, stdout, stderr } = await built.run(['show', 'a.jsonl', '--line', '3']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/line 3 of a\.jsonl is no rollout \(json\/invalid\): .*, at byte \d+ of the line/);
  });

  test.each([
    [['show', 'a.jsonl'], 'Which line?'],
    [['show', 'a.jsonl', '--line', '99'], 'a.jsonl has no line 99: its last is 5.'],
    [['show', 'a.jsonl', 'folder/deep/b.jsonl', '--line', '1'], 'show reads one file, not 2'],
  ])('%j: wrong usage', async (words, said) => {
    const { code, stderr } = await built.run(words);
    expect(stderr).toContain(said);
    expect(code).toBe(2);
  });
});

describe('export', () => {
  test('writes the folder and accounts for every row', async () => {
    const words = ['export', 'a.jsonl', '--to', 'trl/sft', '--where', 'reward >= 0.5', '--set', 'format=jsonl', '--out', 'out'];
    const { code, stdout, stderr } = await built.run([...words, '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const manifest = publicSchemas.export.parse(JSON.parse(stdout));
    expect(manifest).toMatchObject({ target: 'trl/sft', rowsRead: 4, rowsSelected: 2, rowsWritten: 2, invalidLines: 1 });
    expect(manifest.filteredOut).toEqual([{ condition: 'reward >= 0.5', count: 2 }]);
    expect(JSON.parse(await readFile(at('out/manifest.json'), 'utf8'))).toEqual(JSON.parse(stdout));
    expect((await readFile(at('out/train.jsonl'), 'utf8')).trimEnd().split('\n')).toHaveLength(2);

    const again = await built.run(words);
    expect(again.code).toBe(3);
    expect(again.stderr).toContain('--overwrite');
    expect((await built.run([...words, '--overwrite'])).code).toBe(0);

    const before = await readFile(at('out/train.jsonl'));
    const replayed = await built.run(['export', 'a.jsonl', '--recipe', 'out/recipe.json', '--out', 'again']);
    expect(replayed.code).toBe(0);
    expect(replayed.stdout).toContain('written');
    expect((await readFile(at('again/train.jsonl'))).equals(before)).toBe(true);
  });

  test('any number of threads gives the same bytes of pairs, labels and tasks', async () => {
    const answers = Array.from({ length: 1600 }, (_, i) => rollout(Math.floor(i / 4), (i % 4) / 3, `answer ${i} ${'x'.repeat(4000)}`));
    await writeFile(at('many.jsonl'), `${answers.join('\n')}\n`);
    for (const target of ['trl/dpo', 'trl/kto', 'nemo-rl/grpo', 'verl/sft']) {
      const [one, two] = await Promise.all(
        ['1', '2'].map(async (threads) => {
          const words = ['export', 'many.jsonl', '--to', target, '--set', 'shuffle=true', '--set', 'validation=0.2', '--no-cache'];
          const { stdout } = await built.run([
            ...words,
            '--threads',
            threads,
            '--out',
            `by-${threads}-${target.replace('/', '-')}`,
            '--json',
          ]);
          return publicSchemas.export.parse(JSON.parse(stdout)).files.filter(({ rows }) => rows > 0);
        }),
      );
      expect(one).toHaveLength(2);
      expect(two).toEqual(one);
    }
  });

  test('a dry run counts the same and writes nothing', async () => {
    const { code, stdout } = await built.run(['export', 'a.jsonl', '--to', 'nemo-rl/sft', '--dry-run', '--json']);
    expect(code).toBe(0);
    expect(publicSchemas.export.parse(JSON.parse(stdout))).toMatchObject({ rowsRead: 4, rowsWritten: 4, files: [], checks: [] });
    const written = await built.run(['export', 'a.jsonl', '--to', 'nemo-rl/sft', '--out', 'as-counted', '--json']);
    expect(publicSchemas.export.parse(JSON.parse(written.stdout)).recipe).toEqual(JSON.parse(stdout).recipe);
  });

  test('nothing left is 1: the counts say why, and no folder is made', async () => {
    const words = ['export', 'a.jsonl', '--to', 'trl/sft', '--where', 'reward > 5', '--out', 'nothing', '--json'];
    const { code, stdout, stderr } = await built.run(words);
    expect(code).toBe(1);
    expect(stderr).toContain('nothing to export');
    expect(publicSchemas.export.parse(JSON.parse(stdout))).toMatchObject({
      rowsRead: 4,
      filteredOut: [{ condition: 'reward > 5', count: 4 }],
      rowsWritten: 0,
      files: [],
    });
    expect(await readdir(built.folder)).not.toContain('nothing');
  });

  test.each([
    [['--out', 'x'], 'What to write? --to FRAMEWORK/METHOD'],
    [['--to', 'trl/sft'], 'Where to? --out DIR'],
    [['--to', 'trl/sfy', '--out', 'x'], 'Did you mean trl/sft?'],
    [['--to', 'trl/sft', '--set', 'fromat=jsonl', '--out', 'x'], 'Did you mean format?'],
    [['--to', 'trl/sft', '--recipe', 'a.jsonl', '--out', 'x'], 'A recipe already says'],
    [['--recipe', 'a.jsonl', '--out', 'x'], 'a.jsonl is no recipe: it is not JSON.'],
  ])('%j: wrong usage', async (words, said) => {
    const { code, stderr } = await built.run(['export', 'a.jsonl', ...words]);
    expect(stderr).toContain(said);
    expect(code).toBe(2);
    expect(await readdir(built.folder)).not.toContain('x');
  });
});

describe('targets and schema', () => {
  test('targets are listed in the public shape', async () => {
    const { targets } = publicSchemas.targets.parse(JSON.parse((await built.run(['targets', '--json'])).stdout));
    expect(targets.map(({ target }) => target)).toEqual(
      expect.arrayContaining(['trl/sft', 'nemo-rl/sft', 'custom/map', 'custom/rollouts']),
    );
    const text = await built.run(['targets']);
    expect(text.stdout).toContain('--set format=');
  });

  test('every schema that is named is JSON Schema', async () => {
    const names = (await built.run(['schema'])).stdout.trim().split('\n');
    expect(names).toEqual(['stats', 'profile', 'validate', 'show', 'search', 'export', 'targets', 'recipe']);
    for (const name of names) {
      expect(JSON.parse((await built.run(['schema', name])).stdout)).toMatchObject({
        $schema: expect.stringContaining('json-schema.org'),
        type: 'object',
      });
    }
    expect(await built.run(['schema', 'stat'])).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean stats?') });
  });
});

describe('the program', () => {
  test.each([
    [['stast', 'a.jsonl'], 'There is neither a command nor a file "stast". Did you mean rollscope stats?'],
    [['profiles', 'a.jsonl'], 'There is neither a command nor a file "profiles". Did you mean rollscope profile?'],
    [['stats', 'a.jsonl', '--jsno'], 'Did you mean --json?'],
    [['stats'], 'Name a file'],
    [['stats', '-', '-'], 'can be read once'],
  ])('%j: wrong usage', async (words, said) => {
    const { code, stdout, stderr } = await built.run(words, { input: '' });
    expect(stderr).toContain(said);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('a wrong expression is marked, an unknown column with the nearest', async () => {
    const unknown = await built.run(['stats', 'a.jsonl', '--where', 'turns > 0 and rewrd > 1']);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('Did you mean "reward"?');
    expect(unknown.stderr).toContain(`  turns > 0 and rewrd > 1\n  ${' '.repeat(14)}^\n`);
    const broken = await built.run(['stats', 'a.jsonl', '--where', 'reward >']);
    expect(broken).toMatchObject({ code: 2, stderr: expect.stringContaining('\n  reward >\n') });
  });

  test.each([
    [['stats', 'missing.jsonl'], 'missing.jsonl'],
    [['stats', 'empty.jsonl'], 'empty.jsonl'],
    [['stats', 'folder'], '--recursive'],
    [['missing.jsonl'], 'missing.jsonl'],
    [['serve', 'missing.jsonl', '--no-open'], 'missing.jsonl'],
    [['export', 'a.jsonl', '--recipe', 'missing.json', '--out', 'x'], 'missing.json'],
  ])('%j: a file that cannot be read', async (words, said) => {
    const { code, stdout, stderr } = await built.run(words);
    expect(stderr).toContain(said);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  });

  test('standard input that is empty is called by its name, and leaves nothing', async () => {
    const { code, stderr } = await built.run(['stats', '-'], { input: '' });
    expect(stderr).toContain('Standard input is empty');
    expect(code).toBe(3);
    expect(await temporary()).toEqual([]);
  });

  test.skipIf(!existsSync('/dev/full'))('output that cannot be written is 3, in a sentence (needs /dev/full)', async () => {
    for (const words of ['schema stats', 'stats a.jsonl']) {
      const command = `"${process.execPath}" "${built.cli}" ${words} > /dev/full`;
      const ended = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
        execFile('sh', ['-c', command], { cwd: built.folder }, (error, _stdout, stderr) => resolve({ code: error?.code, stderr }));
      });
      expect(ended).toEqual({ code: 3, stderr: 'rollscope: the result could not be written to standard output (ENOSPC).\n' });
    }
  });

  test('help and version go to standard output', async () => {
    const help = await built.run(['--help']);
    for (const name of ['serve', 'stats', 'show', 'export', 'targets', 'schema']) {
      expect(help.stdout).toContain(`rollscope ${name}`);
      const own = await built.run([name, '--help']);
      expect(own).toMatchObject({ code: 0, stderr: '' });
      expect(own.stdout.startsWith(`rollscope ${name}`)).toBe(true);
    }
    expect((await built.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('interrupted while reading standard input it ends with 130 and leaves nothing', async () => {
    const { code, stderr } = await built.run(['stats', '-'], { kill: { signal: 'SIGINT', afterMs: 700 } });
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    expect(await temporary()).toEqual([]);
  });

  test('a reader that has seen enough is no error', async () => {
    const piped = await new Promise<string>((resolve) => {
      execFile('sh', ['-c', `"${process.execPath}" "${built.cli}" schema stats | head -c 1; true`], (_error, stdout, stderr) =>
        resolve(stdout + stderr),
      );
    });
    expect(piped).toBe('{');
  });
});
