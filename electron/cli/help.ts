import type { OptionSpecs } from './arguments.ts';
import type { Command } from './command.ts';
import { alignedLines } from './text.ts';

/** The help of one command. */
export function commandHelp({ usage, about, options }: Command): string {
  return `rollscope ${usage}\n\n${about}\n\n${optionLines({ ...options, help: { kind: 'flag', about: 'say this' } })}\n`;
}

/** The help of the program: its commands, with those of the bare call first. */
export function programHelp(bare: Command, commands: Readonly<Record<string, Command>>): string {
  return [
    'Rollscope: browse RL rollouts, choose reward thresholds, export training data.',
    '',
    ...[bare, ...Object.values(commands)].flatMap(({ usage, about }) => [`rollscope ${usage}`, `    ${about}`]),
    '',
    'PATH is a .jsonl file, a folder of them, or - for standard input; several are shards of one dataset.',
    'rollscope COMMAND --help says more of each command, rollscope --version which one this is.',
    'Exit codes: 0 done, 1 nothing left to export or an invalid line, 2 wrong usage, 3 a file could not be read or written, 130 interrupted.',
    '',
  ].join('\n');
}

function optionLines(options: OptionSpecs): string {
  return alignedLines(
    Object.entries(options).map(([name, spec]) => [`  --${name}${spec.kind === 'flag' ? '' : ` ${spec.value}`}`, spec.about]),
  ).join('\n');
}
