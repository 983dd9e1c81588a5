import { AppError } from '#shared/errors.ts';
import { nearestNames } from '#shared/model/expression/index.ts';
import { functionNames } from './functions.ts';

/** What fills a field: a path, a constant, or a function of these. */
export type Template =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  | { readonly kind: 'call'; readonly name: string; readonly parts: readonly Template[] };

const literals = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

const tokens = /\s*("(?:[^"\\]|\\.)*"|[(),]|[^"(),]+)/y;

/**
 * Reads `metadata.level`, `"a text"`, `0.5`, `true`, `null`, or `join("\n", text(prompt), reward)`. Fails with bad-input: what was
 * expected where, and for an unknown function the nearest there is.
 */
export function parseTemplate(text: string): Template {
  const reader = new TemplateReader(text);
  const template = reader.value();
  reader.end();
  return template;
}

class TemplateReader {
  private readonly words: string[] = [];
  private at = 0;

  constructor(private readonly text: string) {
    for (tokens.lastIndex = 0; tokens.lastIndex < text.trimEnd().length;) {
      const word = tokens.exec(text)?.[1];
      if (word === undefined) throw this.wrong('a text in double quotes has no end');
      this.words.push(word.trim());
    }
  }

  value(): Template {
    const word = this.words[this.at++];
    if (word === undefined || '(),'.includes(word))
      throw this.wrong(`expected a path, a constant or a function${word ? `, found ${word}` : ''}`);
    if (this.words[this.at] === '(') return this.call(word);
    if (word.startsWith('"')) return { kind: 'constant', value: this.string(word) };
    if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(word)) return { kind: 'constant', value: Number(word) };
    const literal = literals.get(word);
    return literal === undefined ? { kind: 'path', path: word } : { kind: 'constant', value: literal };
  }

  private string(word: string): string {
    try {
      return String(JSON.parse(word));
    } catch {
      throw this.wrong(`${word} is no text: write a backslash as two`);
    }
  }

  end(): void {
    const word = this.words[this.at];
    if (word !== undefined) throw this.wrong(`expected the end, found ${word}`);
  }

  private call(name: string): Template {
    if (!functionNames.includes(name)) {
      const suggestions = nearestNames(name, functionNames);
      const hint = suggestions.length > 0 ? `Did you mean ${suggestions.join(' or ')}?` : `There are ${functionNames.join(', ')}.`;
      throw new AppError('bad-input', `fields: there is no function ${name}. ${hint}`, { suggestions });
    }
    this.at++;
    const parts: Template[] = [];
    if (this.words[this.at] === ')') {
      this.at++;
      return { kind: 'call', name, parts };
    }
    for (;;) {
      parts.push(this.value());
      const next = this.words[this.at++];
      if (next === ')') return { kind: 'call', name, parts };
      if (next !== ',') throw this.wrong(`expected , or )${next === undefined ? '' : `, found ${next}`}`);
    }
  }

  private wrong(what: string): AppError {
    return new AppError('bad-input', `fields: ${this.text}: ${what}.`);
  }
}

/** The paths that a template reads, in their order. */
export function pathsOf(template: Template): string[] {
  switch (template.kind) {
    case 'path':
      return [template.path];
    case 'constant':
      return [];
    case 'call':
      return template.parts.flatMap(pathsOf);
  }
}
