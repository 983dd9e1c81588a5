import { expect, test } from 'vitest';
import { desktopArguments } from './arguments.ts';

const unpackaged = { isPackaged: false, cwd: '/work' };

test('files are made absolute; the app folder and switches of Electron are not files', () => {
  const argv = ['/opt/electron', '--no-sandbox', '--inspect=0', '/app', 'a.jsonl', '/runs/b.jsonl', '--scan-threads=3'];
  expect(desktopArguments(argv, unpackaged)).toEqual({ paths: ['/work/a.jsonl', '/runs/b.jsonl'], threads: 3, cache: true });
});

test('a packaged app is started with files alone', () => {
  expect(desktopArguments(['/opt/rollscope', 'a.jsonl'], { isPackaged: true, cwd: '/work' })).toEqual({
    paths: ['/work/a.jsonl'],
    threads: undefined,
    cache: true,
  });
});

test.each(['--scan-threads=0', '--scan-threads=many', '--scan-threads='])('%s is no number of threads', (word) => {
  expect(desktopArguments(['electron', '/app', word], unpackaged)).toEqual({ paths: [], threads: undefined, cache: true });
});
