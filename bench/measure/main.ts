import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseBytes } from '../generate/units.ts';
import { bundleChild } from './bundle.ts';
import { measure } from './measure.ts';
import { table } from './table.ts';

const help = `Measures the engine against its peers, all in one run.

  npm run bench -- [--bytes 500MB] [--threads N] [--rounds 3] [--file FILE] [--json]
`;

const { values } = parseArgs({
  options: {
    bytes: { type: 'string', default: '500MB' },
    threads: { type: 'string', default: String(availableParallelism()) },
    rounds: { type: 'string', default: '3' },
    file: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const scanThread = path.resolve(import.meta.dirname, '../../.vite/build/scan-thread.cjs');
if (values.help) process.stdout.write(help);
else if (!existsSync(scanThread)) {
  process.stderr.write('The app is not built: npm run build\n');
  process.exitCode = 3;
} else {
  const report = measure({
    bytes: parseBytes(values.bytes),
    threads: Number(values.threads),
    rounds: Number(values.rounds),
    ...(values.file === undefined ? {} : { file: path.resolve(values.file) }),
    child: await bundleChild(),
    scanThread,
    onStep: (text) => process.stderr.write(`${text} …\n`),
  });
  const title = `${(report.bytes / 1e6).toFixed(0)} MB, ${report.rows} rollouts, Node ${process.version}, best of ${values.rounds}`;
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : `${title}\n\n${table(report.lines)}\n`);
}
