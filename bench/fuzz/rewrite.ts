import type { Random } from '../generate/random.ts';

// The same value, written otherwise.

const shortEscapes: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A string (without its quotes) with some of its characters escaped that were not, or escaped otherwise. */
export function rewriteString(source: string, random: Random): string {
  const rate = random.pick([0.01, 0.1, 1]);
  let text = '';
  for (const unit of String(JSON.parse(`"${source}"`)).split('')) text += random.chance(rate) ? escaped(unit, random) : plain(unit);
  // Half of a pair of surrogates cannot stand alone in UTF-8.
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, (half) => hexEscape(half));
}

function escaped(unit: string, random: Random): string {
  const hex = hexEscape(unit);
  return random.pick([shortEscapes[unit] ?? hex, hex, hex.slice(0, 2) + hex.slice(2).toUpperCase()]);
}

function plain(unit: string): string {
  if (unit === '/') return unit;
  return shortEscapes[unit] ?? (unit < ' ' ? hexEscape(unit) : unit);
}

function hexEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A number with its point, exponent and zeros elsewhere: exactly the same number, so it must round to the same double. */
export function rewriteNumber(source: string, random: Random): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d{1,4}))?$/.exec(source);
  if (!match || source.length > 60) return source;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const significant = (whole + fraction).replace(/^0+/, '');
  if (significant === '') return sign + random.pick(['0', '0.0', '0e5', '0.000E-7', '0e+00']);
  const zeros = random.pick([0, 0, 1, 5, 20]);
  const digits = significant + '0'.repeat(zeros);
  const decimals = random.int(0, Math.min(digits.length, 25));
  const power = Number(exponent) - fraction.length - zeros + decimals;
  const split = digits.length - decimals;
  const mantissa = sign + (digits.slice(0, split) || '0') + (decimals > 0 ? `.${digits.slice(split)}` : '');
  if (power === 0 && random.chance(0.5)) return mantissa;
  const powerSign = power < 0 ? '-' : random.pick(['', '+']);
  return mantissa + random.pick(['e', 'E']) + powerSign + '0'.repeat(random.pick([0, 0, 0, 1, 30])) + String(Math.abs(power));
}
