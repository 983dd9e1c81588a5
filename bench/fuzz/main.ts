import path from 'node:path';
import { fuzzBroken } from './broken.ts';
import { fuzz } from './fuzz.ts';

const usage = `npm run fuzz [-- ROWS [SEED]]   ROWS mutated lines (200000), by the random numbers of SEED (1)
npm run fuzz -- --broken        kernels that are broken on purpose: each must be found`;

const write = (text: string): void => void process.stdout.write(`${text}\n`);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

if (process.argv[2] === '--broken') await runBroken();
else run(process.argv.slice(2));

function run([rows = '200000', seed = '1']: readonly string[]): void {
  if (!/^\d+$/.test(rows) || !/^\d+$/.test(seed)) {
    say(usage);
    process.exitCode = 2;
    return;
  }
  const folder = path.resolve(process.cwd(), '../shared/rollouts');
  const result = fuzz({ seed: Number(seed), mutatedRows: Number(rows), folder, alignments: 130, say });
  const share = `${(result.validShare * 100).toFixed(1)}% of the mutated rows valid`;
  write(`${result.rows} rows, ${result.invalid} invalid, ${share}, ${result.cells} cells compared, seed ${seed}`);
  for (const disagreement of result.disagreements) write(`\n${disagreement}`);
  write(result.disagreements.length === 0 ? 'no disagreement' : `${result.disagreements.length} classes of disagreement`);
  // A run that mostly looks at bad rows says little about the good ones.
  const isFair = result.validShare >= 0.5;
  if (!isFair) write('less than half of the mutated rows are valid');
  process.exitCode = result.disagreements.length === 0 && isFair ? 0 : 1;
}

async function runBroken(): Promise<void> {
  let missed = 0;
  for await (const { kernel, found, seconds } of fuzzBroken(process.cwd())) {
    if (found === undefined) missed++;
    write(`${found === undefined ? 'MISSED' : 'found'}: ${kernel.harm} (${kernel.file}, ${seconds.toFixed(1)} s)`);
    if (found !== undefined) say(`   ${found.slice(0, 200).replaceAll('\n', ' ')}`);
  }
  write(missed === 0 ? 'every broken kernel was found' : `${missed} broken kernels were not found`);
  process.exitCode = missed === 0 ? 0 : 1;
}
