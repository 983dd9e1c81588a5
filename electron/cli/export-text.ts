import type { Manifest } from '#shared/model/export.ts';
import type { TargetInfo } from '#shared/model/target.ts';
import { alignedLines, bytesText, countText, plural, printable } from './text.ts';

/** An export for people: where every row went, what was written, and what to do with it. `out` is undefined in a dry run. */
export function exportText(manifest: Manifest, target: TargetInfo, out: string | undefined): string {
  const { rowsRead, invalidLines, filteredOut, rowsSelected, excluded, rolloutsUsed, rowsWritten, files, checks } = manifest;
  const failed = checks.filter(({ ok }) => !ok);
  const funnel = [
    ['rows read', countText(rowsRead), invalidLines === 0 ? '' : `and ${plural(invalidLines, 'invalid line')}`],
    ...filteredOut.map(({ condition, count }) => ['  left out', countText(count), `not ${printable(condition)}`]),
    ['selected', countText(rowsSelected), ''],
    ...excluded.map(({ reason, count, title, examples: [first] }) => [
      '  left out',
      countText(count),
      `${reason}: ${title}${first ? printable(` (${first.path}:${first.line})`) : ''}`,
    ]),
    ['used', countText(rolloutsUsed), ''],
    [out === undefined ? 'to be written' : 'written', countText(rowsWritten), ''],
    ...manifest.warnings.map(({ title, count }) => ['  of them', countText(count), title]),
  ];
  return [
    `${manifest.target}  ${target.framework.title} · ${target.method.title}`,
    '',
    ...alignedLines(funnel, new Set([1])),
    ...(out === undefined
      ? []
      : [
          '',
          out,
          ...alignedLines(
            files.map(({ path: name, rows, bytes, sha256 }) => [
              `  ${printable(name)}`,
              rows === 0 ? '' : plural(rows, 'row'),
              bytesText(bytes),
              sha256.slice(0, 12),
            ]),
            new Set([1, 2]),
          ),
          '',
          `${plural(checks.length - failed.length, 'check')} of ${countText(checks.length)} passed`,
          ...failed.map(({ name, detail }) => `  failed: ${name}${detail === undefined ? '' : printable(`: ${detail}`)}`),
          ...(target.command === '' ? [] : ['', `Train with: ${target.command}`]),
        ]),
    '',
  ].join('\n');
}
