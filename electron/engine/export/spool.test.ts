import { closeSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Spool, writeSpooled } from './spool.ts';
import { temporaryFolder } from './testing/source.ts';

test('texts lie where it is said, whoever writes them first', async () => {
  const file = await open(path.join(temporaryFolder(), 'spool'), 'wx+');
  const spool = new Spool(file, 4);
  const { sent } = spool;
  const second = sent && writeSpooled(sent, Buffer.from('third\n'));
  const first = sent && writeSpooled(sent, Buffer.from('first\n2nd\n'));
  await spool.note(first, [
    { row: 0, bytes: 5 },
    { row: 1, bytes: 3 },
  ]);
  await spool.note(second, [{ row: 3, bytes: 5 }]);
  expect(await spool.isReadable()).toBe(true);
  const whole = await file.readFile('utf8');
  expect([0, 1, 3].map((row) => whole.slice(spool.place(row).start, spool.place(row).end))).toEqual(['first', '2nd', 'third']);
  await file.close();
});

test('where there is no room for texts, nothing is spooled from then on, and nothing is left', async () => {
  const name = path.join(temporaryFolder(), 'spool');
  const file = await open(name, 'wx+');
  const spool = new Spool(file, 2);
  const { sent } = spool;
  await spool.note(sent && writeSpooled(sent, Buffer.from('first\n')), [{ row: 0, bytes: 5 }]);
  // A descriptor that cannot be written stands for a full disk.
  const full = openSync(name, 'r');
  await spool.note(sent && writeSpooled({ ...sent, fd: full }, Buffer.from('second\n')), [{ row: 1, bytes: 6 }]);
  closeSync(full);
  expect(spool.sent).toBeUndefined();
  expect(await spool.isReadable()).toBe(false);
  expect((await file.stat()).size).toBe(0);
  await file.close();
});
