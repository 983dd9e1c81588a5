import { expect, test } from 'vitest';
import { shardNames } from './shard-names.ts';

test('files are called by their names, and by folders only where names are equal', () => {
  expect(shardNames(['/runs/a/rollouts.jsonl'])).toEqual(['rollouts.jsonl']);
  expect(shardNames(['/runs/a/rollouts.jsonl', '/runs/b/rollouts.jsonl', '/runs/b/more.jsonl'])).toEqual([
    'a/rollouts.jsonl',
    'b/rollouts.jsonl',
    'more.jsonl',
  ]);
  expect(shardNames(['/x/one/same/r.jsonl', '/x/two/same/r.jsonl'])).toEqual(['one/same/r.jsonl', 'two/same/r.jsonl']);
});

test('one file named twice stays one name', () => {
  expect(shardNames(['/a/r.jsonl', '/a/r.jsonl'])).toEqual(['a/r.jsonl', 'a/r.jsonl']);
});
