import type { Expression, FunctionName, Literal, Operand, Test } from '../expression/index.ts';
import { type ConditionWords, conditionText } from './condition.ts';
import { computedBy, type KnownColumns, onlyAscii, refusals, refuse, type RowKeys, rowKeys } from './row-keys.ts';

const helpers = `NONE = object()  # a field that is not there

def at(row, *keys):
    for key in keys:
        if isinstance(row, dict) and key in row or isinstance(row, list) and isinstance(key, int) and key < len(row):
            row = row[key]
        else:
            return NONE
    return row

def num(value):
    return value if isinstance(value, (int, float)) else math.nan

def number(value):  # for arithmetic, which is in float64
    value = float(num(value))
    return value if math.isfinite(value) else math.nan

def text(value):
    return value if isinstance(value, str) else None

def rows(*names):
    for name in names:
        with (gzip.open if name.endswith(".gz") else open)(name, "rb") as lines:
            for line in lines:
                try:
                    row = json.loads(line.decode("utf-8"), parse_constant=lambda name: 1 / 0)
                except (ValueError, ZeroDivisionError, RecursionError):
                    continue
                if isinstance(row, dict):
                    yield row
`;

/** A Python program that reads the rows which meet all conditions into a data frame, in the order of the files. Fails with Untranslatable. */
export function pandasProgram(files: readonly string[], conditions: readonly Expression[], known: KnownColumns): string {
  const words: ConditionWords = { test: (tested) => test(tested, known), not: (condition) => `not ${condition}`, always: 'True' };
  const tests = conditions.map((condition) => conditionText(condition, words));
  const keeps = tests.length === 0 ? '' : ` if ${tests.join(' and ')}`;
  return `import gzip, json, math
import pandas as pd

${helpers}
df = pd.json_normalize([row for row in rows(${files.map(literal).join(', ')})${keeps}])
`;
}

function test(tested: Test, known: KnownColumns): string {
  const value = operand(tested.operand, known);
  switch (tested.kind) {
    case 'equal':
      return tested.negated
        ? `(${value} is not NONE and ${value} is not None and not ${equal(value, tested.value)})`
        : equal(value, tested.value);
    case 'order':
      return compare(value, tested.operator, tested.value);
    case 'between':
      return `(${compare(value, '>=', tested.low)} and ${compare(value, '<=', tested.high)})`;
    case 'in':
      return `(${tested.values.map((each) => equal(value, each)).join(' or ')})`;
    case 'match':
      if (tested.pattern.kind === 'regex') return refuse(refusals.regex);
      return `(${literal(onlyAscii(tested.pattern.text))} in (text(${value}) or "").lower())`;
    case 'is-true':
      return `(${value} is True)`;
    case 'missing':
      return isField(tested.operand, known) ? `(${value} is NONE)` : `math.isnan(${value})`;
    case 'null':
      return isField(tested.operand, known) ? `(${value} is None)` : 'False';
  }
}

function equal(value: string, { kind, ...constant }: Literal): string {
  if (kind === 'boolean') return `(${value} is ${constant.value === true ? 'True' : 'False'})`;
  return kind === 'number'
    ? `(num(${value}) == ${'text' in constant ? constant.text : ''})`
    : `(text(${value}) == ${literal(String(constant.value))})`;
}

/** Texts by code points, as Python does; a value of another kind is neither more nor less. */
function compare(value: string, operator: string, constant: Literal): string {
  if (constant.kind !== 'string') return `(num(${value}) ${operator} ${constant.kind === 'number' ? constant.text : 'math.nan'})`;
  return `(isinstance(${value}, str) and ${value} ${operator} ${literal(constant.value)})`;
}

function operand(of: Operand, known: KnownColumns): string {
  const number = (part: Operand): string => {
    if (part.kind === 'number') return `float(${part.text})`;
    return isField(part, known) ? `number(${operand(part, known)})` : operand(part, known);
  };
  switch (of.kind) {
    case 'column':
      return column(of.name, known);
    case 'number':
      return of.text;
    case 'negative':
      return `number(-${number(of.part)})`;
    case 'arithmetic':
      // Division by zero gives no number, where Python would stop.
      if (of.sign === '/') return `number(${number(of.left)} / (${number(of.right)} or math.nan))`;
      return `number(${number(of.left)} ${of.sign} ${number(of.right)})`;
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
      return `abs(${first})`;
    case 'round': // halves away from zero
      return `(lambda x: math.nan if math.isnan(x) else math.copysign(math.floor(abs(x) + 0.5), x))(${first})`;
    case 'log':
      return `(lambda x: math.log(x) if x > 0 else math.nan)(${first})`;
    case 'min':
    case 'max':
      return `(lambda *x: math.nan if any(map(math.isnan, x)) else ${name}(x))(${parts.join(', ')})`;
  }
}

function column(name: string, known: KnownColumns): string {
  const computed = computedBy(name, known);
  if (computed) return operand(computed, known);
  if (name === 'truncated') {
    return '(isinstance(at(row, "response", "incomplete_details"), dict) if isinstance(at(row, "response"), dict) else NONE)';
  }
  const [first = [], second] = rowKeys(name, known);
  return second === undefined ? path(first) : `(${path(first)} if ${literal(String(first[0]))} in row else ${path(second)})`;
}

function isField(of: Operand, known: KnownColumns): boolean {
  return of.kind === 'column' && computedBy(of.name, known) === undefined;
}

function path(keys: RowKeys): string {
  return `at(row, ${keys.map((key) => (typeof key === 'number' ? String(key) : literal(key))).join(', ')})`;
}

/** A text as Python writes it: JSON's escapes mean the same there, but for half a surrogate pair, which no key or value can be. */
function literal(text: string): string {
  return JSON.stringify(text);
}
