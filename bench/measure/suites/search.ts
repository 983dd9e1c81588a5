import { mustEqual, seconds, type Suite } from '../suite.ts';
import { hasRipgrep } from '../peers/ripgrep.ts';
import { type Line, rate } from '../table.ts';

/** A word that the generated texts have in few rows, and patterns with and without something to look for first. */
const searches = [
  { name: 'literal', pattern: 'ostrich', options: ['--fixed-strings'], wanted: 1 / 3 },
  { name: 'literal, case ignored', pattern: 'Ostrich', options: ['--fixed-strings', '--ignore-case'], wanted: 1 / 3 },
  { name: 'regex with a literal', pattern: 'largest \\w+', options: [], wanted: 1 / 5 },
] as const;

/** The whole file, warm. ripgrep looks at bytes and decodes nothing: its counts are of lines. */
export const searching: Suite = {
  name: 'search',
  about: 'literal, regex and conditions over the whole file, against ripgrep',
  run({ threads, scanThread, race, file }) {
    const { path, bytes } = file('real');
    const lines: Line[] = [];
    const rg = hasRipgrep();
    for (const { name, pattern, options, wanted } of searches) {
      const ours = ['search', path, pattern, options.join(' '), String(threads), scanThread];
      if (!rg) {
        lines.push({ ...rate(name, bytes, seconds(race({ ours }).ours)), note: 'ripgrep is not installed: no peer' });
        continue;
      }
      const found = race({ ours, ripgrep: ['ripgrep', path, pattern, ...options] });
      // The generated rows write these letters in one way only, and in texts only.
      mustEqual(`lines with ${pattern}`, found.ours['rows'], found.ripgrep['lines']);
      lines.push(
        rate(name, bytes, seconds(found.ours), { name: 'ripgrep', seconds: seconds(found.ripgrep), wanted: Number(wanted.toFixed(2)) }),
      );
    }
    const part = file('real', { bytes: Math.ceil(bytes / 10) });
    const { any } = race({ any: ['search', part.path, '(ab|cd)?[x-z]{3}[0-9]', '', String(threads), scanThread] });
    lines.push({ ...rate('regex without a literal: every line is parsed', part.bytes, seconds(any)), note: 'reported only' });
    const told = [
      { name: 'condition on a text', condition: 'text ~ "ostrich"' },
      { name: 'condition on a path that few rows have', condition: 'metadata.level = 2' },
    ];
    for (const { name, condition } of told) {
      const { read } = race({ read: ['condition', path, condition, String(threads), scanThread] });
      lines.push({ ...rate(name, bytes, seconds(read)), note: 'reported only' });
    }
    return lines;
  },
};
