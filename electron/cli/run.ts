import { version } from '../host/version.ts';
import { appCommand } from './app.ts';
import type { Command } from './command.ts';
import type { Context } from './context.ts';
import { exportCommand } from './export.ts';
import { describeFailure, exitCodes } from './failure.ts';
import { commandHelp, programHelp } from './help.ts';
import { profile } from './profile.ts';
import { schema } from './schema.ts';
import { search } from './search.ts';
import { serve } from './serve.ts';
import { show } from './show.ts';
import { stats } from './stats.ts';
import { targets } from './targets.ts';
import { validate } from './validate.ts';

const commands: Readonly<Record<string, Command>> = {
  serve,
  stats,
  profile,
  validate,
  show,
  search,
  export: exportCommand,
  targets,
  schema,
};
const bare = appCommand(Object.keys(commands));

/** Runs one command line, without the program's name. Answers the exit code; never fails. */
export async function runCommandLine(words: readonly string[], context: Context): Promise<number> {
  try {
    return await dispatch(words, context);
  } catch (error) {
    const { text, exitCode } = describeFailure(error);
    context.stderr.write(text);
    return exitCode;
  }
}

async function dispatch(words: readonly string[], context: Context): Promise<number> {
  const [first = '', ...rest] = words;
  const command = Object.hasOwn(commands, first) ? commands[first] : undefined;
  if (first === '--version' && rest.length === 0) {
    context.stdout.write(`${version}\n`);
    return exitCodes.done;
  }
  if (asksForHelp(words)) {
    context.stdout.write(command ? commandHelp(command) : programHelp(bare, commands));
    return exitCodes.done;
  }
  return command ? await command.run(rest, context) : await bare.run(words, context);
}

function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return words.slice(0, end === -1 ? words.length : end).some((word) => word === '--help' || word === '-h');
}
