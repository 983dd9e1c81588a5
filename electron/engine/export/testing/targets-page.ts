import type { TargetInfo, TargetOption } from '#shared/model/target.ts';
import { targets } from '../targets.ts';

/** The page of all targets and options, as Markdown. */
export function targetsPage(): string {
  const infos = targets.map(({ info }) => info);
  const described = new Map<string, string>();
  for (const { target, options } of infos)
    for (const option of options) if (!described.has(textOf(option))) described.set(textOf(option), target);
  return [
    '# Targets of an export',
    '',
    'What `rollscope export --to TARGET` writes, and what `--set KEY=VALUE` and the steps mapping and sampling choose. Made from the code by',
    '`npx vitest run electron/engine/export/docs.test.ts -u`; a test holds it to what the code says. `rollscope targets --json` prints the same.',
    '',
    '| target | | a row | for |',
    '|---|---|---|---|',
    ...infos.map(
      ({ target, method, writes, framework }) =>
        `| [\`${target}\`](#${target.replace('/', '')}) | ${method.title} | ${writes} | ${framework.version === '' ? 'any reader' : `${framework.title} ${framework.version}`} |`,
    ),
    '',
    ...infos.flatMap((info) => section(info, described)),
  ].join('\n');
}

function section({ target, method, needs, files, command, notes, options }: TargetInfo, described: ReadonlyMap<string, string>): string[] {
  const own = options.filter((option) => described.get(textOf(option)) === target);
  const known = new Map<string, string[]>();
  for (const option of options) {
    const where = described.get(textOf(option)) ?? target;
    if (where !== target)
      known.set(where, [...(known.get(where) ?? []), `\`${option.key}\`${differs(option) ? '' : ` (${defaultOf(option)})`}`]);
  }
  return [
    `## ${target}`,
    '',
    method.about,
    '',
    ...(needs.length === 0 ? [] : [`A rollout needs ${needs.join('; ')}.`, '']),
    ...files.map(({ name, about }) => `- \`${name}\`: ${about}`),
    '',
    ...(command === '' ? [] : [`    ${command}`, '']),
    ...notes.map((note) => `- ${note}`),
    ...(notes.length === 0 ? [] : ['']),
    ...(own.length === 0
      ? []
      : [
          '| option | values | default | |',
          '|---|---|---|---|',
          ...own.map(
            (option) => `| \`${option.key}\` | ${valuesOf(option)} | ${defaultOf(option)} | ${cell(option.help)}${whenOf(option)} |`,
          ),
          '',
        ]),
    ...[...known].map(([where, keys]) => `As in [${where}](#${where.replace('/', '')}): ${keys.join(', ')}.`),
    ...(known.size === 0 ? [] : ['']),
  ];
}

/** What two options must have in common to be described once; the default is named where it is used. */
function textOf(option: TargetOption): string {
  return JSON.stringify({ ...option, default: undefined });
}

/** Whether the default goes without saying. */
function differs({ default: value }: TargetOption): boolean {
  return typeof value === 'object';
}

function valuesOf({ kind, choices = [], min, max }: TargetOption): string {
  switch (kind) {
    case 'choice':
      return choices.map(({ value, title }) => `\`${value}\` ${cell(title)}`).join('; ');
    case 'boolean':
      return '`true`, `false`';
    case 'integer':
    case 'number':
      return `${kind === 'integer' ? 'whole number' : 'number'}${min === undefined ? '' : ` from ${min}`}${max === undefined ? '' : ` to ${max}`}`;
    case 'column':
      return 'column or expression';
    case 'text':
      return 'text';
    case 'fields':
      return '`field.NAME` = template';
  }
}

function defaultOf({ default: value }: TargetOption): string {
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, path]) => `\`${name}\` = \`${path}\``)
      .join(', ');
  return value === '' ? 'empty' : `\`${String(value)}\``;
}

function whenOf({ when, idle = [] }: TargetOption): string {
  const has = ({ key, values }: { key: string; values: readonly string[] }): string =>
    `${key === 'fields' ? 'a field is filled from' : `\`${key}\` is`} ${values.map((value) => `\`${value}\``).join(' or ')}`;
  const idles = idle.map((each) => (each.or === undefined ? has(each) : `${has(each)} or ${has(each.or)}`));
  return `${when ? ` Where ${has(when)}.` : ''}${idles.length > 0 ? ` Not used while ${idles.join(' and ')}.` : ''}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
