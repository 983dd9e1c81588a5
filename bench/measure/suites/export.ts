import path from 'node:path';
import type { Numbers } from '../run-child.ts';
import { seconds, type Suite } from '../suite.ts';
import { atMost, type Line, rate } from '../table.ts';

/** Exports of all rows; verification is timed apart. */
export const exporting: Suite = {
  name: 'export',
  about: 'pass-through against cp + fsync + sha256sum, mapped JSONL, Parquet',
  run({ threads, scanThread, folder, race, file }) {
    const made = file('real');
    const run = (target: string, options: object): string[] => [
      'export',
      made.path,
      target,
      JSON.stringify(options),
      path.join(folder, 'out'),
      String(threads),
      scanThread,
    ];
    const found = race({
      copy: ['copy', made.path, path.join(folder, 'copy.jsonl')],
      rollouts: run('custom/rollouts', {}),
      jsonl: run('trl/sft', { format: 'jsonl' }),
      parquet: run('trl/sft', { format: 'parquet' }),
    });
    const passed = rate('custom/rollouts, without verify', made.bytes, seconds(found.rollouts), {
      name: 'cp + fsync + sha256',
      seconds: seconds(found.copy),
      wanted: 0.77,
    });
    const input = (name: string, took: number, target: number): Line => ({
      ...rate(name, made.bytes, took),
      peer: { name: 'target', value: target, ratio: made.bytes / 1e6 / took / target },
    });
    const others = (name: string, of: Numbers): Line[] => [
      atMost(`${name}: verify`, (of['verifySeconds'] ?? 0) * 1000, 'ms'),
      atMost(`${name}: peak memory`, (of['peakBytes'] ?? 0) / 1e6, 'MB', 250 + (64 * (of['rows'] ?? 0)) / 1e6),
    ];
    return [
      passed,
      input('trl/sft as JSONL, of input, a core', found.jsonl['cpuSeconds'] ?? Number.NaN, 100),
      rate('trl/sft as JSONL, of input', made.bytes, seconds(found.jsonl)),
      input('trl/sft as Parquet, of input', seconds(found.parquet), 60),
      ...others('custom/rollouts', found.rollouts),
      ...others('trl/sft as JSONL', found.jsonl),
      ...others('trl/sft as Parquet', found.parquet),
    ];
  },
};
