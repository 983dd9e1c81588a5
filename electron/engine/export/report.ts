import type { Manifest } from '#shared/model/export.ts';
import type { TargetInfo } from '#shared/model/target.ts';
import { imageName } from './frameworks/images.ts';
import { reasons } from './reasons.ts';
import type { ExportRule } from './types.ts';

/** `report.md`: what was written and what was left out, for whoever finds the folder later. */
export function reportText(manifest: Omit<Manifest, 'createdAt'>, info: TargetInfo, rules: readonly ExportRule[], reward: string): string {
  const { rowsRead, invalidLines, filteredOut, rowsSelected, excluded, rolloutsUsed, rowsWritten, files, source } = manifest;
  const images = files.filter(({ path }) => imageName.test(path)).length;
  const remedies = new Map([...reasons, ...rules].map(({ id, meaning, remedy }) => [id, `${meaning} ${remedy}`]));
  return [
    `# ${info.framework.title} · ${info.method.title}`,
    '',
    `${rowsWritten} rows from ${rolloutsUsed} rollouts. ${info.method.about}`,
    '',
    ...(reward === '' ? [] : [reward, '']),
    '## From',
    '',
    ...source.map(({ name, bytes, fingerprint }) => `- ${code(name)}, ${bytes} bytes, fingerprint ${fingerprint}`),
    '',
    '## Where every rollout went',
    '',
    '| rollouts | |',
    '|---:|---|',
    `| ${rowsRead} | read${invalidLines > 0 ? `, and ${invalidLines} invalid lines` : ''} |`,
    ...filteredOut.map(({ condition, count }) => `| −${count} | not ${code(condition)} |`),
    `| ${rowsSelected} | selected |`,
    ...excluded.map(({ reason, count, title }) => `| −${count} | ${title} (${reason}) |`),
    `| ${rolloutsUsed} | used |`,
    '',
    ...excluded.flatMap(({ reason, title, examples }) => [
      `**${title}**: ${remedies.get(reason) ?? ''} For example ${examples.map(({ path, line, detail }) => `${code(path)} line ${line}${detail === undefined ? '' : ` (${detail})`}`).join(', ')}.`,
      '',
    ]),
    ...(manifest.warnings.length === 0
      ? []
      : ['## Worth knowing', '', ...manifest.warnings.map(({ title, count }) => `- ${count}: ${title}`), '']),
    '## Files',
    '',
    ...(images === 0 ? [] : [`- ${images} images, image-*`]),
    ...files
      .filter(({ path }) => !imageName.test(path))
      .map(({ path, rows, sha256 }) => `- ${code(path)}${rows > 0 ? `, ${rows} rows, sha256 ${sha256}` : ''}`),
    '',
    ...(info.command === '' ? [] : ['## Train', '', `    ${info.command}`, '']),
    ...(info.notes.length === 0 ? [] : ['## Good to know', '', ...info.notes.map((note) => `- ${note}`), '']),
    '`recipe.json` makes the same data files again from the same input.',
    '',
  ].join('\n');
}

/** A name from outside as Markdown code: it cannot end the code or the cell it stands in. */
function code(text: string): string {
  return `\`${text.replaceAll(/[`|\r\n]/g, ' ')}\``;
}
