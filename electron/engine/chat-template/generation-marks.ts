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

/** With the quotes that JSON puts around it, however often it was made JSON of. */
function numberMark({ salt }: Marks): RegExp {
  return new RegExp(`\\\\*"?${salt.replace('.', '\\.')}3#([^#]*)#~(?:\\\\*")?`, 'g');
}

/** What was printed, without the marks, and what stood between them. */
export function withoutMarks(printed: string, marks: Marks): { readonly text: string; readonly generated: readonly CharRange[] } {
  const written = printed.replace(numberMark(marks), '$1');
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
