import { regexPieces } from '#shared/model/expression/index.ts';

/**
 * Texts of which every match of a pattern holds at least one, longest first choice of each alternative; undefined where nothing
 * can be said. Conservative: what stands in groups and classes, or may be left out, is taken for anything.
 */
export function requiredTexts(source: string): string[] | undefined {
  const alternatives: string[][] = [[]];
  let run = '';
  let depth = 0;
  const endRun = (): void => {
    if (run !== '') alternatives[alternatives.length - 1]?.push(run);
    run = '';
  };
  for (const { kind, text, inClass } of regexPieces(source)) {
    if (inClass || kind === 'class-start' || kind === 'class-end') {
      endRun();
      continue;
    }
    switch (kind) {
      case 'group-start':
        if (text !== '(' && text !== '(?:' && !text.startsWith('(?<')) return undefined; // flags that hold within the group
        endRun();
        depth++;
        break;
      case 'group-end':
        endRun();
        depth--;
        break;
      case 'quantifier':
        if (!mayBeNone(text)) endRun();
        else {
          run = run.replace(/.$/su, '');
          endRun();
        }
        break;
      case 'character':
        if (depth > 0) break;
        if (text === '|') {
          endRun();
          alternatives.push([]);
        } else if ('.^$'.includes(text)) endRun();
        else run += text;
        break;
      case 'escape':
        if (depth > 0) break;
        if (/^\\[^A-Za-z0-9]$/.test(text)) run += text.slice(1);
        else endRun();
        break;
    }
  }
  endRun();
  const chosen = alternatives.map((runs) => runs.reduce((best, each) => (each.length > best.length ? each : best), ''));
  return chosen.includes('') ? undefined : chosen;
}

/** `*`, `?`, `{0}` and the like: what stands before may be absent. */
function mayBeNone(quantifier: string): boolean {
  return !quantifier.startsWith('+') && !/^\{0*[1-9]/.test(quantifier);
}
