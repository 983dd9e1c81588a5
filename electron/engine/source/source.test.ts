import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { expandPaths, openSource, openSourceFile } from './index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-source-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

function failure(action: () => unknown): AppError {
  try {
    action();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

test.each<[string, string | Uint8Array, string]>([
  ['empty.jsonl', '', 'is empty'],
  ['blank.jsonl', '\n \r\n\t\n', 'holds only blank lines'],
  ['a.gz', Uint8Array.of(0x1f, 0x8b, 8, 0), 'is gzip-compressed. Unpack it first: gunzip -k'],
  ['a.zst', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd), 'is zstd-compressed'],
  ['a.zip', 'PK\x03\x04', 'is a zip archive'],
  ['a.parquet', 'PAR1', 'is a Parquet file'],
  ['utf16.jsonl', Uint8Array.of(0xff, 0xfe, 0x7b, 0), 'is text in UTF-16'],
  ['a.bin', 'ab\0c', 'is a binary file: byte 2 is NUL'],
])('refuses %s', (name, content, words) => {
  const file = write(name, content);
  const error = failure(() => openSourceFile(file));
  expect(error.code).toBe('not-rollouts');
  expect(error.message).toContain(`${file} ${words}`);
});

test('opens what is text, and rows with NULs among them', () => {
  for (const content of ['<PLACEHOLDER ROW>\n', 'hello', '{"a":1}\n\0\0\0\n', '\uFEFF{}\n'])
    openSource(write('text.jsonl', content)).close();
  expect(failure(() => openSource(path.join(folder, 'nowhere.jsonl')))).toMatchObject({ code: 'not-found' });
  expect(failure(() => openSource(folder))).toMatchObject({ code: 'bad-input' });
});

test('what is no file is refused at once: a pipe without a writer, a device, a folder, a file that may not be read', () => {
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  for (const file of [pipe, '/dev/null']) expect(failure(() => openSource(file)).message).toContain('is no regular file');
  expect(failure(() => openSource(folder))).toMatchObject({ code: 'bad-input' });
  if (process.getuid?.() === 0) return;
  const secret = write('secret.jsonl', '{}\n');
  chmodSync(secret, 0);
  expect(failure(() => openSource(secret)).message).toContain('may not be read by this user');
});

test('notices a file that was rewritten or cut, and does not mind one that was touched, appended to or replaced', () => {
  const file = write('live.jsonl', '{"a":1}\n');
  const source = openSource(file);
  appendFileSync(file, '{"a":2}\n');
  source.verify();
  utimesSync(file, 1, 1);
  source.verify();
  writeFileSync(file, '{"a":9}\n');
  utimesSync(file, 2, 2);
  expect(failure(() => source.verify())).toMatchObject({ code: 'changed' });
  source.close();
  expect(failure(() => source.verify())).toMatchObject({ code: 'closed' });
});

test('fingerprints differ with any byte of a small file, and with the size of a large one', () => {
  const print = (content: string): string => {
    const source = openSource(write('print.jsonl', content));
    source.close();
    return source.fingerprint;
  };
  expect(print('{"a":1}\n')).toBe(print('{"a":1}\n'));
  expect(print('{"a":1}\n')).not.toBe(print('{"a":2}\n'));
  const large = '{"a":1}\n'.repeat(50_000);
  expect(print(large)).not.toBe(print(`${large}\n`));
});

test('a folder means its rollout files, by name, without neighbours and sidecars', () => {
  const names = [
    'b.jsonl',
    'a.jsonl',
    'a_failures.jsonl',
    'a_materialized_inputs.jsonl',
    'a_reward_profiling.jsonl',
    'rollout_verdicts.jsonl',
  ];
  for (const name of [
    ...names,
    'p.jsonl.gz',
    'p_failures.jsonl.gz',
    'z.jsonl.zst',
    'a.jsonl.rollscope.jsonl',
    'a.json',
    'deep/c.jsonl',
    'none/x.txt',
  ])
    write(`set/${name}`, '{}\n');
  // Called like neighbours, but rollouts.
  write('set/c_task.jsonl', '{"response":{"output":[]},"reward":1}\n');
  write('set/d_failures.jsonl', '{"response":null,"_ng_failure_class":"x"}\n');
  const set = path.join(folder, 'set');
  symlinkSync(path.join(set, 'a.jsonl'), path.join(set, 'link.jsonl'));
  const inSet = (...found: string[]): string[] => found.map((name) => path.join(set, name));
  expect(expandPaths([set])).toEqual(inSet('a.jsonl', 'b.jsonl', 'c_task.jsonl', 'link.jsonl', 'p.jsonl.gz', 'z.jsonl.zst'));
  expect(expandPaths([set], { recursive: true })).toEqual(
    inSet('a.jsonl', 'b.jsonl', 'c_task.jsonl', 'deep/c.jsonl', 'link.jsonl', 'p.jsonl.gz', 'z.jsonl.zst'),
  );
  // Named outright, a neighbour is what the user wants; the same file twice is one.
  expect(expandPaths([...inSet('a_failures.jsonl', 'b.jsonl'), set])).toEqual(
    inSet('a_failures.jsonl', 'b.jsonl', 'a.jsonl', 'c_task.jsonl', 'link.jsonl', 'p.jsonl.gz', 'z.jsonl.zst'),
  );
  expect(failure(() => expandPaths([path.join(set, 'none')]))).toMatchObject({ code: 'not-rollouts' });
  expect(failure(() => expandPaths([path.join(set, 'gone')])).message).toContain('There is no file');
});
