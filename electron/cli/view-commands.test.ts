import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandView, jqCommand, pandasCommand, rollscopeCommand, type ViewCommand } from '#shared/model/commands/index.ts';
import { buildCommandLine, type Built } from './testing/built.ts';

/** Whatever JSON.parse gives: the predicates look into it as a person would. */
// oxlint-disable-next-line typescript/no-explicit-any -- rows of a test, of every shape there is
type Row = any;

const rows: readonly Row[] = [
  { id: 0, reward: 1, score: 3, flag: true, word: "it's", metadata: { difficulty: 2, tags: ['x', 'y'] } },
  { id: 1, reward: 0, score: null, flag: false, word: 'Straße', metadata: { difficulty: 'hard' } },
  { id: 2, reward: 0.5, score: '3', flag: 1, word: '', metadata: null },
  { id: 3, reward: null, score: [3], word: null, metadata: 'none', 'dotted.name': 7 },
  { id: 4, reward: true, score: -2, flag: null, word: 'zebra $HOME `x` "q" \\ \n', metadata: { difficulty: 0 } },
  { id: 5, score: 0, flag: true, word: 'ITS over', metadata: { difficulty: -1, tags: [] } },
  { id: 6, reward: -1e3, score: 1e300, word: 'é', response: { usage: { output_tokens: 12 }, incomplete_details: { reason: 'x' } } },
  { id: 7, reward: 2, score: 2.5, word: '𝒳', agent_ref: { name: 'math' }, response: { usage: {}, incomplete_details: null } },
  { id: 8, reward: 1, score: 4, flag: false, word: '\uffff', agent_ref: { name: "o'brien" }, response: { incomplete_details: {} } },
];

const number = (value: unknown): number => (typeof value === 'number' || typeof value === 'boolean' ? Number(value) : Number.NaN);
const difficulty = (row: Row): unknown => row.metadata?.difficulty;
const truncated = (row: Row): unknown =>
  row.response === undefined ? undefined : typeof row.response.incomplete_details === 'object' && row.response.incomplete_details !== null;
const points = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Conditions, and what they mean in plain JavaScript. */
const cases: readonly (readonly [condition: string, keeps: (row: Row) => boolean])[] = [
  ['reward >= 0.5', ({ reward }) => number(reward) >= 0.5],
  ['reward < 0.5', ({ reward }) => number(reward) < 0.5],
  ['not (reward >= 0.5)', ({ reward }) => !(number(reward) >= 0.5)],
  ['reward = 1', ({ reward }) => number(reward) === 1],
  ['reward != 1', (row) => 'reward' in row && row.reward !== null && number(row.reward) !== 1],
  ['score between -2 and 3', ({ score }) => number(score) >= -2 && number(score) <= 3],
  ['score = "3" or score in (3, 4, "x")', ({ score }) => score === '3' || score === 3 || score === 4],
  ['missing reward', (row) => !('reward' in row)],
  ['null reward or null metadata', (row) => row.reward === null || row.metadata === null],
  ['missing metadata.difficulty', (row) => difficulty(row) === undefined],
  ['metadata.difficulty >= 0', (row) => number(difficulty(row)) >= 0],
  ['dotted.name = 7', (row) => row['dotted.name'] === 7],
  ['metadata.tags[1] = "y"', (row) => row.metadata?.tags?.[1] === 'y'],
  ['missing metadata.tags[0]', (row) => row.metadata?.tags?.[0] === undefined],
  ['flag', ({ flag }) => flag === true],
  ['flag = false', ({ flag }) => flag === false],
  ['word = "it\'s"', ({ word }) => word === "it's"],
  ['word ~ "ITS"', ({ word }) => typeof word === 'string' && word.toLowerCase().includes('its')],
  ['word > "z"', ({ word }) => typeof word === 'string' && points(word, 'z') > 0],
  ['word = "zebra $HOME `x` \\"q\\" \\\\ \\n"', ({ id }) => id === 4],
  ['agent = "o\'brien"', (row) => row.agent_ref?.name === "o'brien"],
  ['tokens > 3 or agent = "math"', (row) => number(row.response?.usage?.output_tokens) > 3 || row.agent_ref?.name === 'math'],
  ['truncated', (row) => truncated(row) === true],
  ['missing truncated', (row) => row.response === undefined],
  ['truncated = false', (row) => truncated(row) === false],
  ['reward - 0.1 * score > 0', ({ reward, score }) => number(reward) - 0.1 * number(score) > 0],
  ['`reward - 0.1 * score` > 0', ({ reward, score }) => number(reward) - 0.1 * number(score) > 0],
  ['score / reward < 3', ({ reward, score }) => Number.isFinite(number(score) / number(reward)) && number(score) / number(reward) < 3],
  [
    'max(reward, score) >= 2.5 and abs(reward) < 5',
    (row) => Math.max(number(row.reward), number(row.score)) >= 2.5 && Math.abs(number(row.reward)) < 5,
  ],
  ['round(score) = 3', ({ score }) => Math.sign(number(score)) * Math.round(Math.abs(number(score))) === 3],
  ['log(score) > 1', ({ score }) => number(score) > 0 && Math.log(number(score)) > 1],
  ['missing log(score)', ({ score }) => !(number(score) > 0)],
];

let built: Built;
let folder: string;
const text = rows.map((row, i) => `${JSON.stringify(row)}\n${i === 4 ? '{"id":99,"reward":NaN}\nnot json\n[1]\n\n' : ''}`).join('');

beforeAll(async () => {
  built = await buildCommandLine();
  folder = mkdtempSync(path.join(built.folder, 'view-'));
  writeFileSync(path.join(folder, "it's a file.jsonl"), text);
  writeFileSync(path.join(folder, 'packed.jsonl.gz'), gzipSync(text));
  // What pandas is asked for, and nothing more: the machine may not have it.
  writeFileSync(
    path.join(folder, 'pandas.py'),
    'import json\nclass DataFrame(list): pass\ndef json_normalize(rows):\n    print(json.dumps([row["id"] for row in rows]))\n    return DataFrame(rows)\n',
  );
}, 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
  return built.remove();
});

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const view = (filter: readonly string[], file = "it's a file.jsonl"): CommandView => ({
  files: [file],
  filter: [...filter],
  columns: [
    ...['line', 'task', 'turns', 'agent', 'tokens', 'truncated', 'status'].map((name) => ({ name, derived: true })),
    ...['id', 'reward', 'score', 'flag', 'word', 'dotted.name'].map((name) => ({ name, derived: false })),
  ],
});
const said = (command: ViewCommand): string => {
  if ('why' in command) throw new Error(command.why);
  return command.text;
};
const shell = (command: string): string => execFileSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8' });
const idsOf = (lines: string): unknown[] =>
  lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line).id);
const expected = (keeps: (row: Row) => boolean): unknown[] => rows.filter(keeps).map(({ id }) => id);

test.runIf(has('jq'))('jq gives the same rows, byte for byte', () => {
  for (const [condition, keeps] of cases) {
    const printed = shell(said(jqCommand(view([condition]))));
    expect(idsOf(printed), condition).toEqual(expected(keeps));
    for (const line of printed.split('\n')) expect(text).toContain(line);
  }
  expect(idsOf(shell(said(jqCommand(view(['reward >= 0', 'flag'], 'packed.jsonl.gz')))))).toEqual([0]);
  expect(idsOf(shell(said(jqCommand(view([])))))).toEqual(rows.map(({ id }) => id));
});

test.runIf(has('python3'))('the program for pandas gives the same rows', () => {
  for (const [condition, keeps] of cases) {
    const program = said(pandasCommand(view([condition])));
    const printed = execFileSync('python3', ['-c', program], { cwd: folder, encoding: 'utf8' });
    expect(JSON.parse(printed), condition).toEqual(expected(keeps));
  }
  const packed = said(pandasCommand(view(['reward = 1'], 'packed.jsonl.gz')));
  expect(JSON.parse(execFileSync('python3', ['-c', packed], { cwd: folder, encoding: 'utf8' }))).toEqual([0, 4, 8]);
});

test('our own command gives the same rows, byte for byte', () => {
  const chosen = cases.filter((_, at) => at % 3 === 0);
  chosen.forEach(([condition, keeps], at) => {
    const command = said(rollscopeCommand(view([condition, 'id >= 0']), `out ${at}`));
    shell(`rollscope() { '${process.execPath}' '${built.cli}' "$@"; }; ${command}`);
    expect(idsOf(readFileSync(path.join(folder, `out ${at}`, 'train.jsonl'), 'utf8')), condition).toEqual(expected(keeps));
  });
});

test('what another tool cannot be told is refused, and said', () => {
  for (const condition of [
    'group.mean > 0.5',
    'group.mean(turns) > 0.5',
    'group.signal(turns - reward)',
    'rank in group = 1',
    'has tool "x"',
    'text ~ "x"',
    'star',
    'problem "json/invalid"',
    'turns < 3',
    'word ~ /x/',
  ]) {
    expect(jqCommand(view([condition])), condition).toHaveProperty('why');
    expect(pandasCommand(view([condition])), condition).toHaveProperty('why');
    expect(rollscopeCommand(view([condition]), 'out'), condition).toHaveProperty('text');
  }
});
