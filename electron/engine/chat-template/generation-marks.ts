/**
 * Marks put into what a template prints, and taken out again: where generation begins and ends, and how numbers are written. They
 * have no letters, so that no filter changes them, and none is in what is rendered.
 */
export interface Marks {
  /** What all of them begin with. */
  readonly salt: string;
  readonly begin: string;
  readonly end: string;
  number(text: string): string;
}

export function marksNotIn(text: string): Marks {
  let number = 7;
  while (text.includes(`~#${number}.`)) number++;
  const salt = `~#${number}.`;
  return { salt, begin: `${salt}1#~`, end: `${salt}2#~`, number: (digits) => `${salt}3#${digits}#~` };
}

const generationTag = /\{%(-?)\s*(end)?generation\s*(-?)%\}/g;

/** A template whose `{% generation %}` blocks, which only transformers knows, print marks. White space around them is handled alike. */
export function withGenerationMarks(source: string, { begin, end }: Pick<Marks, 'begin' | 'end'>): string {
  return source.replace(generationTag, (_, left: string, isEnd: string | undefined, right: string) => {
    return `{%${left} if true %}{{ "${isEnd === undefined ? begin : end}" }}{% endif ${right}%}`;
  });
}

export function hasGeneration(source: string): boolean {
  return source.search(generationTag) >= 0;
}

/** A half-open range of UTF-16 units. */
export type CharRange = readonly [start: number, end: number];

/**
 * Numbers as they are written, without their marks and the quotes that JSON puts around those, however often it was made JSON of. A
 * rollout may hold a million backslashes: a pattern would go over them from each of them.
 */
function withNumbers(printed: string, { salt }: Marks): string {
  const begin = `${salt}3#`;
  let text = '';
  let from = 0;
  for (let at = printed.indexOf(begin); at >= 0; at = printed.indexOf(begin, Math.max(from, at + 1))) {
    const end = printed.indexOf('#', at + begin.length);
    if (printed[end + 1] !== '~') continue;
    let start = at;
    if (start > from && printed[start - 1] === '"') start--;
    while (start > from && printed[start - 1] === '\\') start--;
    let behind = end + 2;
    while (printed[behind] === '\\') behind++;
    text += printed.slice(from, start) + printed.slice(at + begin.length, end);
    from = printed[behind] === '"' ? behind + 1 : end + 2;
  }
  return text + printed.slice(from);
}

/** What was printed, without the marks, and what stood between them. */
export function withoutMarks(printed: string, marks: Marks): { readonly text: string; readonly generated: readonly CharRange[] } {
  const written = withNumbers(printed, marks);
  const generated: CharRange[] = [];
  let text = '';
  let open: number | undefined;
  for (const piece of written.split(/(~#\d+\.[12]#~)/)) {
    if (piece === marks.begin) open = text.length;
    else if (piece === marks.end) {
      if (open !== undefined && open < text.length) generated.push([open, text.length]);
      open = undefined;
    } else text += piece;
  }
  return { text, generated };
}
