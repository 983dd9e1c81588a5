import { z } from 'zod';

const row = z.looseObject({
  responses_create_params: z.looseObject({ input: z.unknown() }).optional(),
  response: z.looseObject({ output: z.unknown() }).nullish(),
});

/** Whether anything that is said in a line of a file holds a text, in any case: every text in input and output, however deep. */
export function saysAnywhere(line: string, text: string): boolean {
  const { responses_create_params: request, response } = row.parse(JSON.parse(line));
  const wanted = text.toLowerCase();
  return [...texts(request?.input), ...texts(response?.output)].some((each) => each.toLowerCase().includes(wanted));
}

function* texts(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* texts(part);
}
