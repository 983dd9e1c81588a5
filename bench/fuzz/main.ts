import path from 'node:path';
import { fuzz } from './fuzz.ts';

const usage = 'npm run fuzz [-- ROWS [SEED]]   ROWS mutated lines (200000), by the random numbers of SEED (1)';

const [rows = '200000', seed = '1'] = process.argv.slice(2);
if (!/^\d+$/.test(rows) || !/^\d+$/.test(seed)) {
  process.stderr.write(`${usage}\n`);
  process.exit(2);
}
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const folder = path.resolve(process.cwd(), '../shared/rollouts');
const result = fuzz({ seed: Number(seed), mutatedRows: Number(rows), folder, alignments: 130, say });
const share = `${(result.validShare * 100).toFixed(1)}% of the mutated rows valid`;
process.stdout.write(`${result.rows} rows, ${result.invalid} invalid, ${share}, ${result.cells} cells compared, seed ${seed}\n`);
for (const disagreement of result.disagreements) process.stdout.write(`\n${disagreement}\n`);
process.stdout.write(result.disagreements.length === 0 ? 'no disagreement\n' : `${result.disagreements.length} classes of disagreement\n`);
// A run that mostly looks at bad rows says little about the good ones.
if (result.validShare < 0.5) process.stdout.write('less than half of the mutated rows are valid\n');
process.exitCode = result.disagreements.length === 0 && result.validShare >= 0.5 ? 0 : 1;
