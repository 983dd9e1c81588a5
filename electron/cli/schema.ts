import { z } from 'zod';
import { nearestNames } from '#shared/model/expression/index.ts';
import { defineCommand } from './command.ts';
import { exitCodes } from './failure.ts';
import { publicSchemas } from './schemas.ts';
import { UsageError } from './usage-error.ts';

const names = Object.keys(publicSchemas);

export const schema = defineCommand({
  usage: 'schema [NAME]',
  about: `Print the JSON Schema of an output or a recipe. Without a name, the names there are: ${names.join(', ')}.`,
  options: {},
  async run({ operands }, { stdout }) {
    const [name, ...more] = operands;
    if (more.length > 0) throw new UsageError('schema takes one name.');
    stdout.write(name === undefined ? `${names.join('\n')}\n` : `${JSON.stringify(schemaOf(name), null, 2)}\n`);
    return exitCodes.done;
  },
});

function schemaOf(name: string): unknown {
  const found = Object.entries(publicSchemas).find(([each]) => each === name)?.[1];
  if (found) return z.toJSONSchema(found);
  const [near] = nearestNames(name, names);
  throw new UsageError(
    `There is no schema "${name}".${near === undefined ? ` There are: ${names.join(', ')}.` : ` Did you mean ${near}?`}`,
  );
}
