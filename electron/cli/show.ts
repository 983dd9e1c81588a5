import { writeJson } from '#shared/model/json.ts';
import type { ShownRollout } from '#shared/model/rollout.ts';
import type { Message } from '#shared/model/conversation.ts';
import type { Dataset } from '../engine/index.ts';
import { defineCommand, readingOptions } from './command.ts';
import { exitCodes } from './failure.ts';
import { countText, printable, valueText } from './text.ts';
import { UsageError } from './usage-error.ts';
import { readingFrom, withDataset } from './with-dataset.ts';

export const show = defineCommand({
  usage: 'show PATH --line N [--json]',
  about: 'Show the rollout on a line: its conversation, metrics and problems.',
  options: {
    line: { kind: 'integer', value: 'N', about: 'line of the file, from 1', min: 1 },
    json: { kind: 'flag', about: 'print JSON (rollscope schema show)' },
    ...readingOptions,
  },
  async run(args, context) {
    const line = args.integer('line');
    if (line === undefined) throw new UsageError('Which line? rollscope show PATH --line N');
    const reading = readingFrom(args);
    return await withDataset(args.operands, reading, context, async ({ dataset, files, read }) => {
      const [file = '', ...more] = files;
      if (more.length > 0) throw new UsageError(`show reads one file, not ${countText(files.length)}: name the one that has the line.`);
      await read(() => dataset.rowAtLine(line) !== null);
      const row = dataset.rowAtLine(line);
      if (row === null) throw new UsageError(noSuchLine(dataset, file, line));

      const invalid = dataset.invalidLine(row);
      if (invalid) {
        const { rule, offset, byteOffset, message, preview } = invalid;
        context.stderr.write(
          `rollscope: line ${line} of ${file} is no rollout (${rule}): ${message}, at byte ${offset} of the line, ${byteOffset} of the file.\n  ${printable(preview)}\n`,
        );
        return exitCodes.dataErrors;
      }
      const shown = dataset.show(row);
      context.stdout.write(args.flag('json') ? `${writeJson(shown, 2)}\n` : showText(shown));
      return exitCodes.done;
    });
  },
});

function noSuchLine(dataset: Dataset, file: string, line: number): string {
  const { lines, blankLines } = dataset.state();
  const last = lines + blankLines;
  return line <= last ? `Line ${line} of ${file} is blank.` : `${file} has no line ${countText(line)}: its last is ${countText(last)}.`;
}

/** The same for people. Nothing of the file reaches the terminal as anything but text. */
export function showText({
  line,
  byteOffset,
  task,
  agent,
  rollout,
  reward,
  messages,
  tools,
  metrics,
  problems,
  unknownItems,
}: ShownRollout): string {
  const head = [
    `line ${countText(line)}`,
    `byte ${countText(byteOffset)}`,
    `task ${printable(task)}`,
    ...(rollout === undefined ? [] : [`rollout ${rollout}`]),
    ...(agent === undefined ? [] : [`agent ${printable(agent)}`]),
    `reward ${reward === null ? 'null' : reward === undefined ? 'missing' : valueText(reward)}`,
  ];
  const offered = tools.map(toolName);
  return [
    head.join(' · '),
    ...Object.entries(metrics).map(([name, value]) => `  ${printable(name)} ${valueText(value)}`),
    ...(offered.length === 0 ? [] : [`tools offered: ${printable(offered.join(', '))}`]),
    ...problems.map(({ severity, rule, at, message }) =>
      printable(`${severity} ${rule}${at === undefined ? '' : ` at ${at}`}: ${message}`),
    ),
    ...(unknownItems.length === 0 ? [] : [`${countText(unknownItems.length)} items of unknown type, left out of the conversation`]),
    ...messages.flatMap(messageLines),
    '',
  ].join('\n');
}

function messageLines({ role, content, reasoning_content: reasoning, tool_calls: calls, tool_call_id: callId, name }: Message): string[] {
  const whom = [role, name, callId].filter((part) => part !== undefined).join(' ');
  const text = typeof content === 'string' ? content : content.map((part) => writeJson(part)).join('\n');
  return [
    '',
    `── ${printable(whom)} ──`,
    ...(reasoning === undefined ? [] : [printable(reasoning).replace(/^/gm, '│ ')]),
    ...(text === '' ? [] : [printable(text)]),
    ...(calls ?? []).map(({ function: called }) => {
      const given = typeof called.arguments === 'string' ? called.arguments : writeJson(called.arguments);
      return printable(`→ ${called.name}(${given})`);
    }),
  ];
}

function toolName(tool: ShownRollout['tools'][number]): string {
  const described = tool['function'];
  const name = typeof described === 'object' && described !== null && 'name' in described ? described.name : undefined;
  return typeof name === 'string' ? name : tool.type;
}
