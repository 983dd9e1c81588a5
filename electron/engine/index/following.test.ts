import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { openSourceFile, type Source } from '../source/index.ts';
import { restMs } from './following.ts';
import { readDataset, type ReadingDataset } from './read-dataset.ts';
import type { RowIndex } from './types.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rollscope-follow-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => void vi.useRealTimers());

/** A small generator with a seed: Marsaglia's xorshift. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed * 2654435761 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Lines of every sort; cut anywhere each beginning is of some sort, too. */
function someLines(random: (below: number) => number): Buffer {
  const kinds = [
    () => `{"_ng_task_index":${random(4)},"reward":${random(9) / 4},"text":"${'ü😀'.repeat(random(5))}"}`,
    () => `{"n":12345678901234567890,"s":"${'long '.repeat(random(80))}","k${random(3)}":[1]}`,
    () => '',
    () => '  ',
    () => '[1]',
    () => '{"a":1}{"b":2}',
    () => `{"reward":tru`,
    () => '{"reward":true}\r',
    () => '{"bad":"\xff"}',
  ];
  const lines = Array.from({ length: 1 + random(12) }, () => kinds[random(kinds.length)]?.() ?? '');
  return Buffer.from(`${lines.join('\n')}${random(4) === 0 ? '' : '\n'}`, random(2) === 0 ? 'utf8' : 'latin1');
}

function everything(index: RowIndex, file: number): unknown {
  const rows = Array.from({ length: index.rowCount }, (_, row) => row).filter((row) => index.place(row).file === file);
  const invalid = new Map(index.invalidRows.map(({ row, ...why }) => [row, why]));
  return rows.map((row) => ({
    ...index.place(row),
    isAt: index.rowAtLine(file, index.place(row).line) === row,
    valid: index.valid()[row],
    invalid: invalid.get(row),
    cells: Object.fromEntries(index.columns().map((column) => [column.name, column.cell(row)])),
    line: Buffer.from(index.readLine(row)).toString('hex'),
  }));
}

function open(files: readonly string[], follows: boolean): { reading: ReadingDataset; sources: Source[] } {
  const sources = files.map((file) => openSourceFile(file));
  return { reading: readDataset(sources, { follows }), sources };
}

test.each(Array.from({ length: 24 }, (_, i) => i + 1))(
  'whatever comes, in whatever pieces, is read as it would be at once (seed %i)',
  async (seed) => {
    const random = randomFrom(seed);
    const files = Array.from({ length: 1 + random(3) }, (_, i) => path.join(folder, `${seed}-${i}.jsonl`));
    for (const file of files) writeFileSync(file, Buffer.concat([Buffer.from('{"reward":1}\n'), someLines(random)]));
    let now = Date.now() + (random(2) === 0 ? 0 : 2 * restMs);
    vi.useFakeTimers({ toFake: ['Date'], now });
    const { reading, sources } = open(files, true);
    await reading.done;
    const following = reading.follow(() => false);
    for (let step = 0; step < 25; step++) {
      const bytes = someLines(random);
      const cut = random(3) === 0 ? bytes.length : random(bytes.length + 1);
      appendFileSync(files[random(files.length)] ?? '', bytes.subarray(0, cut));
      now += random(3) === 0 ? 2 * restMs : 10;
      vi.setSystemTime(now);
      await following.look();
    }
    // At rest everything is there, but a last line of blanks.
    vi.setSystemTime((now += 2 * restMs));
    await following.look();
    vi.setSystemTime(now + 2 * restMs);
    await following.look();
    expect(following.state).toMatchObject({ notices: [] });

    const anew = open(files, false);
    await anew.reading.done;
    for (const file of files.keys()) {
      expect(everything(reading.index, file)).toEqual(everything(anew.reading.index, file));
      const { blankLines: _, bytesRead: __, ...counts } = anew.reading.progress().files[file] ?? { blankLines: 0, bytesRead: 0 };
      expect(reading.progress().files[file]).toMatchObject(counts);
    }
    const infos = (index: RowIndex): unknown =>
      index
        .columns()
        .map((column) => column.info())
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(infos(reading.index)).toEqual(infos(anew.reading.index));
    expect(reading.progress().cutLastLine).toBe(anew.reading.progress().cutLastLine);
    await reading.close();
    for (const source of [...sources, ...anew.sources]) source.close();
  },
);
