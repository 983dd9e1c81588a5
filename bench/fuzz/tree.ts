/** A JSON text with every token as it was written; strings without their quotes. */
export type Tree =
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  | { readonly kind: 'array'; readonly elements: readonly Tree[] }
  | { readonly kind: 'string'; readonly source: string }
  | { readonly kind: 'token'; readonly source: string };

export interface Member {
  /** Without its quotes. */
  readonly key: string;
  readonly value: Tree;
}

const token = /[ \t\r]*(?:([{}[\]:,])|"((?:[^"\\]|\\.)*)"|([^ \t\r{}[\]:,"]+))/gy;

/** Reads a valid JSON text. */
export function parseTree(text: string): Tree {
  token.lastIndex = 0;
  return value(text, next(text));
}

type Token = RegExpExecArray;

function next(text: string): Token {
  const found = token.exec(text);
  if (!found) throw new Error(`no token at ${token.lastIndex} of ${text.slice(0, 200)}`);
  return found;
}

function value(text: string, first: Token): Tree {
  const [, punctuation, string, scalar] = first;
  if (string !== undefined) return { kind: 'string', source: string };
  if (punctuation === '[') {
    const elements: Tree[] = [];
    for (let found = next(text); found[1] !== ']'; found = next(text)) if (found[1] !== ',') elements.push(value(text, found));
    return { kind: 'array', elements };
  }
  if (punctuation !== '{') return { kind: 'token', source: scalar ?? '' };
  const members: Member[] = [];
  for (let found = next(text); found[1] !== '}'; found = next(text)) {
    if (found[1] === ',') continue;
    next(text);
    members.push({ key: found[2] ?? '', value: value(text, next(text)) });
  }
  return { kind: 'object', members };
}

/** How many containers are in one another. */
export function depthOf(tree: Tree): number {
  if (tree.kind === 'object') return tree.members.reduce((most, member) => Math.max(most, 1 + depthOf(member.value)), 1);
  return tree.kind === 'array' ? tree.elements.reduce((most, element) => Math.max(most, 1 + depthOf(element)), 1) : 0;
}
