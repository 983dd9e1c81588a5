import type { TargetInfo, TargetOption } from '#shared/model/target.ts';
import { defineCommand } from './command.ts';
import { exitCodes } from './failure.ts';
import type { TargetList } from './schemas.ts';
import { alignedLines } from './text.ts';
import { UsageError } from './usage-error.ts';
import { withEngine } from './with-dataset.ts';

export const targets = defineCommand({
  usage: 'targets [--json]',
  about: 'List every framework/method that can be exported to, with its options, their defaults, and what a rollout needs.',
  options: { json: { kind: 'flag', about: 'print JSON (rollscope schema targets)' } },
  async run(args, context) {
    if (args.operands.length > 0) throw new UsageError('targets takes no operand.');
    return await withEngine({ threads: undefined, cache: false }, context, async (engine) => {
      const list: TargetList = { targets: [...engine.targets()] };
      context.stdout.write(args.flag('json') ? `${JSON.stringify(list, null, 2)}\n` : list.targets.map(targetText).join('\n'));
      return exitCodes.done;
    });
  },
});

function targetText({ target, framework, method, writes, needs, options }: TargetInfo): string {
  return [
    `${target}  ${framework.title} ${framework.version} · ${method.title}`,
    `  ${method.about}`,
    `  writes ${writes}`,
    ...needs.map((need) => `  needs ${need}`),
    ...alignedLines(options.map((option) => [`  --set ${settingOf(option)}`, `${option.title} (default ${defaultOf(option)})`])),
    '',
  ].join('\n');
}

function settingOf({ key, kind, choices }: TargetOption): string {
  switch (kind) {
    case 'choice':
      return `${key}=${(choices ?? []).map(({ value }) => value).join('|')}`;
    case 'boolean':
      return `${key}=true|false`;
    case 'integer':
    case 'number':
      return `${key}=N`;
    case 'column':
      return `${key}=COLUMN`;
    case 'text':
      return `${key}=TEXT`;
    case 'fields':
      return 'field.NAME=PATH';
  }
}

function defaultOf({ default: value }: TargetOption): string {
  if (typeof value !== 'object') return value === '' ? 'none' : String(value);
  return Object.entries(value)
    .map(([name, path]) => `${name}=${path}`)
    .join(' ');
}
