import { said, tool } from '../items.ts';
import type { Item } from '../items.ts';
import { prose } from '../prose.ts';
import type { CreateEnvironment } from './environment.ts';

const modules = ['ledger', 'calendar_grid', 'route_table', 'parcel', 'thermostat', 'tokenizer'] as const;
const symptoms = [
  'loses the last entry',
  'rounds to the wrong side',
  'is off by one at month ends',
  'raises KeyError on empty input',
  'never releases its lock',
] as const;

const tools: readonly Item[] = [
  tool('read_file', 'Returns a file of the repository.', { path: 'string' }),
  tool('apply_patch', 'Applies a unified diff.', { diff: 'string' }),
  tool('run_tests', 'Runs the tests and returns their output.', { pattern: 'string' }),
];

const code = [
  'def @_#(rows, limit=#):',
  '    """Keep the newest `limit` rows; older ones go to \'@\'."""',
  '    for i, row in enumerate(rows[-#:]):',
  '        if row.get("@") is None or row["@"] < #:',
  '            continue',
  '\tassert total_# == sum(r["@"] for r in rows), f"mismatch: {total_#}"',
  '    path = "C:\\\\data\\\\@_#.csv"',
  '    return {key: value / # for key, value in @.items()}',
  '',
] as const;

const trace = [
  'FAILED tests/test_@.py::test_case_# - AssertionError: assert # == #',
  '  File "src/@.py", line #, in _step',
  '    raise ValueError("unexpected \\"@\\" at column #")',
  'tests/test_@.py::test_case_# PASSED [ #%]',
  '\u001b[31mE       assert # == #\u001b[0m',
] as const;

const thoughts = [
  'The failing test builds # rows and expects the last one to survive.',
  'Reading @ again: the slice drops an element when the length is a multiple of #.',
  'A smaller patch is safer here than moving the whole function.',
  'The traceback points at line #, but the wrong value comes from the caller.',
  'I run only the tests of @ first, then the whole suite.',
] as const;

/** Long rollouts with files, diffs and test output; reward is 0 or 1, with a finer count beside it. */
export const codeRepair: CreateEnvironment = (seed, scale) => {
  const source = prose(seed, scale, code, modules, '\n');
  const output = prose(seed, scale, trace, modules, '\n');
  const thinking = prose(seed, scale, thoughts, modules);
  return {
    agent: 'code_repair_agent',
    weight: 2,
    task(random) {
      const name = random.pick(modules);
      const total = random.int(6, 48);
      const issue = `\`${name}.py\` ${random.pick(symptoms)}. Find out why and mend it; ${total} tests must pass.\n\n\`\`\`python\n${source.take(random, 3500)}\n\`\`\``;
      return {
        input: [said.to('system', 'You are working in a checked-out repository. Finish with a short summary.'), said.to('user', issue)],
        tools,
        attempt(at, skill) {
          const solved = at.chance(skill);
          const rounds = Math.round(at.int(2, 9) * scale.rounds);
          const items: Item[] = [];
          const call = (tool: string, args: Item, result: string): void => {
            const made = said.call(at, tool, args);
            items.push(made, said.output(made, result));
          };
          for (let round = 0; round < rounds; round++) {
            items.push(said.reasoning(at, thinking.take(at, 1400)));
            call('read_file', { path: `src/${at.pick(modules)}.py` }, source.take(at, 6000));
            call(
              'apply_patch',
              { diff: `--- a/src/${name}.py\n+++ b/src/${name}.py\n@@ -${at.int(1, 300)},6 +1,7 @@\n+${source.take(at, 400)}` },
              at.chance(0.85) ? 'applied' : 'hunk 1 failed',
            );
            call('run_tests', { pattern: `test_${name}` }, output.take(at, 4500));
          }
          const passed = solved ? total : at.int(0, total - 1);
          items.push(said.assistant(at, `${thinking.take(at, 300)}\n\n${solved ? 'All' : passed} of ${total} tests pass.`));
          return {
            output: items,
            reward: solved ? 1 : 0,
            fields: { tests_passed: passed, tests_total: total, patch_applied: passed > 0, repository: `acme/${name}` },
          };
        },
      };
    },
  };
};
