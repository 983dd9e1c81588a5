/** What is odd in a text of JSON, by a recursive parser of strings that shares nothing with the walk. Findings in the order of the text. */
export function slowOdd(text: string): { kind: string; path: string }[] {
  const found: { kind: string; path: string }[] = [];
  let rest = text;
  const take = (pattern: RegExp): string => {
    const [match = ''] = new RegExp(`^(?:${pattern.source})`, 's').exec(rest) ?? [];
    rest = rest.slice(match.length);
    return match;
  };
  const string = (): { value: string; isLone: boolean } => {
    const value: unknown = JSON.parse(take(/"(?:[^"\\]|\\.)*"/));
    return { value: String(value), isLone: /\p{Surrogate}/u.test(String(value)) };
  };
  const value = (path: string): void => {
    take(/\s*/);
    if (rest.startsWith('{')) object(path);
    else if (rest.startsWith('[')) list(path);
    else if (rest.startsWith('"')) {
      if (string().isLone) found.push({ kind: 'lone-surrogate', path });
    } else if (/^[-\d]/.test(rest)) {
      const digits = take(/[-+.\deE]+/);
      const number = Number(digits);
      const isRounded = /^-?\d+$/.test(digits) && Number.isFinite(number) && BigInt(number) !== BigInt(digits);
      if (isRounded || !Number.isFinite(number)) found.push({ kind: 'beyond-float64', path });
    } else take(/[a-z]+/);
    take(/\s*/);
  };
  const list = (path: string): void => {
    take(/\[\s*/);
    for (let i = 0; !rest.startsWith(']'); i++) {
      value(`${path}[${i}]`);
      take(/,/);
    }
    take(/\]/);
  };
  const object = (path: string): void => {
    const keys = new Set<string>();
    for (take(/\{\s*/); !rest.startsWith('}'); take(/,?\s*/)) {
      const key = string();
      const inner = path === '' ? key.value : `${path}.${key.value}`;
      if (keys.has(key.value)) found.push({ kind: 'duplicate-key', path: inner });
      if (key.isLone) found.push({ kind: 'lone-surrogate', path: inner });
      keys.add(key.value);
      take(/\s*:/);
      value(inner);
    }
    take(/\}/);
  };
  value('');
  return found;
}
