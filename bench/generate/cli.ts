import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sizes } from './generate.ts';
import type { Size } from './generate.ts';
import { oddityNames } from './oddities.ts';
import { sample } from './sample.ts';
import { parseBytes } from './units.ts';
import { writeFile } from './write.ts';

const help = `Writes a JSONL file of made-up rollouts.

  node bench/generate.mjs --out FILE (--rows N | --bytes 500MB) [options]
  node bench/generate.mjs --sample          writes bench/sample/sample.jsonl again

  --seed N          equal seeds give equal files (1)
  --size SIZE       ${Object.keys(sizes).join(', ')} (real)
  --rollouts N      attempts at each task (8)
  --checkpoint N    0, 1, …: policies that attempt the same tasks (0)
  --odd SHARE       share of odd rows, 0 to 1 (0.01)
  --kinds A,B       which oddities: ${oddityNames.join(', ')}
  --crlf --bom --cut-end
`;

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    rows: { type: 'string' },
    bytes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    size: { type: 'string', default: 'real' },
    rollouts: { type: 'string', default: '8' },
    checkpoint: { type: 'string', default: '0' },
    odd: { type: 'string', default: '0.01' },
    kinds: { type: 'string', default: oddityNames.join(',') },
    crlf: { type: 'boolean', default: false },
    bom: { type: 'boolean', default: false },
    'cut-end': { type: 'boolean', default: false },
    sample: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(help);
else if (values.sample) writeFileSync(new URL('../sample/sample.jsonl', import.meta.url), sample());
else if (values.out === undefined || (values.rows === undefined && values.bytes === undefined)) {
  process.stderr.write(help);
  process.exitCode = 2;
} else {
  const started = performance.now();
  const plan = {
    seed: number('seed', values.seed),
    size: oneOf('size', values.size, Object.keys(sizes) as readonly Size[]),
    rollouts: number('rollouts', values.rollouts),
    checkpoint: number('checkpoint', values.checkpoint),
    odd: number('odd', values.odd),
    kinds: values.kinds.split(',').map((kind) => oneOf('kinds', kind, oddityNames)),
  };
  const written = writeFile(values.out, plan, {
    ...(values.rows === undefined ? {} : { rows: number('rows', values.rows) }),
    ...(values.bytes === undefined ? {} : { bytes: parseBytes(values.bytes) }),
    crlf: values.crlf,
    bom: values.bom,
    cutEnd: values['cut-end'],
  });
  const seconds = (performance.now() - started) / 1000;
  process.stderr.write(`${written.rows} rows, ${written.bytes} bytes, ${(written.bytes / 1e6 / seconds).toFixed(0)} MB/s\n`);
}

function number(name: string, text: string): number {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value) || value < 0) throw new Error(`--${name} must be a number, not "${text}".`);
  return value;
}

function oneOf<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new Error(`--${name} must be one of ${choices.join(', ')}, not "${text}".`);
  return found;
}
