import type { Expression, FunctionName, Literal, Operand, Test } from '../expression/index.ts';
import { type ConditionWords, conditionText } from './condition.ts';
import { computedBy, type KnownColumns, onlyAscii, refusals, refuse, type RowKeys, rowKeys } from './row-keys.ts';

/** Numbers and, as 0 and 1, booleans; anything else is no number, and nothing is true of it. */
const definitions =
  'def num: if type == "number" then . elif type == "boolean" then (if . then 1 else 0 end) else empty end; ' +
  'def text: strings; def finite: select(isinfinite or isnan | not); ' +
  // jq reads NaN, which is no JSON; most lines need not be looked through for it.
  'def valid($line): select(($line | ascii_downcase | contains("nan") | not) or all(.. | numbers; isnan | not));';

/**
 * A jq program over raw lines (`jq -rR`): passes on, byte for byte, the lines whose row meets all conditions, in the order of the file.
 * Fails with Untranslatable.
 */
export function jqProgram(conditions: readonly Expression[], known: KnownColumns): string {
  const words: ConditionWords = { test: (tested) => test(tested, known), not: (condition) => `${condition} | not`, always: 'true' };
  const tests = conditions.map((condition) => conditionText(condition, words));
  const kept = tests.length === 0 ? '' : ` | select(${tests.join(' and ')})`;
  return `${definitions} . as $line | (fromjson? | objects | valid($line)${kept}) | $line`;
}

function test(tested: Test, known: KnownColumns): string {
  const value = operand(tested.operand, known);
  switch (tested.kind) {
    case 'equal':
      return tested.negated ? `any(${value} | values; any(${equal('.', tested.value)}) | not)` : `any(${equal(value, tested.value)})`;
    case 'order':
      return compare(value, tested.operator, tested.value);
    case 'between':
      return `(${compare(value, '>=', tested.low)} and ${compare(value, '<=', tested.high)})`;
    case 'in':
      return `(${tested.values.map((each) => `any(${equal(value, each)})`).join(' or ')})`;
    case 'match':
      if (tested.pattern.kind === 'regex') return refuse(refusals.regex);
      return `any(${value} | text; ascii_downcase | contains(${JSON.stringify(onlyAscii(tested.pattern.text))}))`;
    case 'is-true':
      return `any(${value}; . == true)`;
    case 'missing':
      return `(${there(tested.operand, known)} | not)`;
    case 'null':
      return `(${there(tested.operand, known)} and any(${value}; . == null))`;
  }
}

/** A generator and a condition, for `any`. */
function equal(value: string, literal: Literal): string {
  if (literal.kind === 'boolean') return `${value}; . == ${literal.value}`;
  return literal.kind === 'number' ? `${value} | num; . == ${literal.text}` : `${value} | text; . == ${JSON.stringify(literal.value)}`;
}

function compare(value: string, operator: string, literal: Literal): string {
  return literal.kind === 'string'
    ? `any(${value} | text; . ${operator} ${JSON.stringify(literal.value)})`
    : `any(${value} | num; . ${operator} ${literal.kind === 'number' ? literal.text : String(literal.value)})`;
}

function operand(of: Operand, known: KnownColumns): string {
  const number = (part: Operand): string => (part.kind === 'number' ? part.text : `(${operand(part, known)} | num)`);
  switch (of.kind) {
    case 'column':
      return column(of.name, known);
    case 'number':
      return of.text;
    case 'negative':
      return `(${number(of.part)} | -. | finite)`;
    case 'arithmetic': {
      const guard = of.sign === '/' ? 'select($b != 0) | ' : '';
      return `(${number(of.left)} as $a | ${number(of.right)} as $b | ${guard}$a ${of.sign} $b | finite)`;
    }
    case 'call':
      return call(of.function, of.parts.map(number));
    case 'group':
    case 'rank':
      return refuse(refusals.group);
  }
}

function call(name: FunctionName, parts: readonly string[]): string {
  const [first = ''] = parts;
  switch (name) {
    case 'abs':
      return `(${first} | if . < 0 then -. else . end)`;
    case 'round':
      return `(${first} | round)`;
    case 'log':
      return `(${first} | select(. > 0) | log | finite)`;
    case 'min':
    case 'max':
      return parts.reduce((a, b) => `(${a} as $a | ${b} as $b | [$a, $b] | ${name})`);
  }
}

function column(name: string, known: KnownColumns): string {
  const computed = computedBy(name, known);
  if (computed) return operand(computed, known);
  if (name === 'truncated') return '(.response? | objects | .incomplete_details | type == "object")';
  const [first = [], second] = rowKeys(name, known);
  return second === undefined ? path(first) : `(if has(${JSON.stringify(first[0])}) then ${path(first)} else ${path(second)} end)`;
}

function path(keys: RowKeys): string {
  return `.${keys.map((key) => (typeof key === 'number' ? `[${key}]?` : `[${JSON.stringify(key)}]?`)).join('')}`;
}

/** Whether the row has the field at all. */
function there(of: Operand, known: KnownColumns): string {
  if (of.kind !== 'column' || computedBy(of.name, known)) return `any(${operand(of, known)}; true)`;
  if (of.name === 'truncated') return 'any(.response? | objects; true)';
  return `(${rowKeys(of.name, known).map(thereAt).join(' or ')})`;
}

function thereAt(keys: RowKeys): string {
  const last = keys.at(-1) ?? '';
  const parent = keys.length === 1 ? '.' : path(keys.slice(0, -1));
  return typeof last === 'number' ? `any(${parent} | arrays; length > ${last})` : `any(${parent} | objects; has(${JSON.stringify(last)}))`;
}
