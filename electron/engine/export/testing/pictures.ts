import { rolloutLine } from './source.ts';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** A rollout whose question shows two images: one that all have, and one that is of its task. `bytes`: how large that is. */
export function pictured(task: number, reward: number, bytes = 500): string {
  const own = Buffer.concat([png, Buffer.alloc(bytes, `task ${task}, `)]);
  const shown = [png, own].map((each) => ({
    type: 'input_image',
    image_url: `data:image/png;base64,${each.toString('base64')}`,
    detail: 'auto',
  }));
  return rolloutLine(task, reward, `worth ${reward}`)
    .replace(JSON.stringify(`question ${task}`), JSON.stringify([...shown, { type: 'input_text', text: 'what are they?' }]))
    .replace('"reward"', '"expected_answer":"a dot","reward"');
}
