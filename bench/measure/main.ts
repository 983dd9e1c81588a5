import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseBytes } from '../generate/units.ts';
import { bundleChild } from './bundle.ts';
import { measure } from './measure.ts';
import { suites } from './suites/index.ts';
import { table } from './table.ts';

const help = `Measures the engine against its peers, all in one run.

  npm run bench -- [SUITE …] [--bytes 500MB] [--threads N] [--rounds 3] [--file FILE] [--json out.json]

${suites.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`).join('\n')}

Without a SUITE all run. --file: real rows to take instead of generated ones.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    bytes: { type: 'string', default: '500MB' },
    threads: { type: 'string', default: String(availableParallelism()) },
    rounds: { type: 'string', default: '3' },
    file: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const scanThread = path.resolve(import.meta.dirname, '../../.vite/build/scan-thread.cjs');
const unknown = positionals.find((name) => !suites.some((suite) => suite.name === name));
if (values.help) process.stdout.write(help);
else if (unknown !== undefined) {
  process.stderr.write(`There is no suite "${unknown}".\n\n${help}`);
  process.exitCode = 2;
} else if (!existsSync(scanThread)) {
  process.stderr.write('The app is not built: npm run build\n');
  process.exitCode = 3;
} else {
  const machine = {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    threads: Number(values.threads),
    bytes: parseBytes(values.bytes),
    rounds: Number(values.rounds),
  };
  const report = await measure({
    suites: positionals.length === 0 ? suites : suites.filter(({ name }) => positionals.includes(name)),
    bytes: machine.bytes,
    threads: machine.threads,
    rounds: machine.rounds,
    ...(values.file === undefined ? {} : { file: path.resolve(values.file) }),
    child: await bundleChild(),
    scanThread,
    onStep: (text) => process.stderr.write(`${text} …\n`),
  });
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, ...report }, null, 2)}\n`);
  const title = `${machine.date}, ${machine.cpu}, Node ${machine.node}, ${values.bytes}, ${machine.threads} threads, best of ${machine.rounds}`;
  process.stdout.write([title, ...report.suites.map(({ name, lines }) => `\n${name}\n${table(lines)}`), ''].join('\n'));
}
