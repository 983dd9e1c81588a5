import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** A small rollout whose answer is `text`. */
export function rolloutLine(text: string, changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    responses_create_params: { input: [{ role: 'user', content: 'Say something.' }] },
    response: {
      output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text, annotations: [] }] }],
      status: 'completed',
    },
    reward: 1,
    agent_ref: { name: 'made_up' },
    ...changes,
  });
}

export function writeFile(folder: string, name: string, content: string | Buffer): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}
