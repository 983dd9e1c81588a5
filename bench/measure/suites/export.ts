import path from 'node:path';
import { seconds, type Suite } from '../suite.ts';
import { atMost, type Line, rate } from '../table.ts';

/** Exports of all rows; verification is timed apart. */
export const exporting: Suite = {
  name: 'export',
  about: 'pass-through against cp + fsync + sha256sum, mapped JSONL, Parquet',
  run({ bytes, threads, scanThread, folder, race, file }) {
    const made = file('real', { bytes: Math.ceil(bytes / 4) });
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
    return [
      passed,
      input('trl/sft as JSONL, of input', seconds(found.jsonl), 100),
      input('trl/sft as Parquet, of input', seconds(found.parquet), 60),
      atMost('custom/rollouts: verify', (found.rollouts['verifySeconds'] ?? 0) * 1000, 'ms'),
      atMost('trl/sft as Parquet: verify', (found.parquet['verifySeconds'] ?? 0) * 1000, 'ms'),
    ];
  },
};
