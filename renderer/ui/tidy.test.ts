import { expect, test } from 'vitest';
import { tidy } from './tidy.ts';

test.each([
  ['**Mission:** find `thermostat.py`', 'Mission: find thermostat.py'],
  ['## Task\nSee [the docs](https://a.b/c).', 'Task See the docs.'],
  ['Let $p=[p_1, \\ldots, p_n]$ with $1 \\le m\\le n$ and $n$.', 'Let p=[p_1, …, p_n] with 1 ≤ m ≤ n and n.'],
  ['costs $5 today and $7 tomorrow', 'costs $5 today and $7 tomorrow'],
  ['2 ** 3 ** 2, a * b', '2 ** 3 ** 2, a * b'],
  ['\\boxed{32}', '\\boxed{32}'],
])('%s', (text, tidied) => expect(tidy(text)).toBe(tidied));
