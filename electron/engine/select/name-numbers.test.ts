import { expect, test } from 'vitest';
import { seededRandom } from './random.ts';
import { NameNumbers } from './name-numbers.ts';

test('answers as a map does, whatever the names', () => {
  const random = seededRandom(7);
  const numbers = new NameNumbers();
  const plain = new Map<string | number, number>();
  const odd = [-1, 0.5, 2 ** 40, '3', '', 'x', -0, Number.MAX_SAFE_INTEGER];
  for (let i = 0; i < 20_000; i++) {
    const kind = random();
    const name =
      kind < 0.6 ? Math.floor(random() * i) : kind < 0.9 ? Math.floor(random() * 1e6) : (odd[Math.floor(random() * odd.length)] ?? 0);
    expect(numbers.get(name)).toBe(plain.get(name));
    if (plain.has(name)) continue;
    plain.set(name, i);
    numbers.set(name, i);
  }
  for (const [name, number] of plain) expect(numbers.get(name)).toBe(number);
});
