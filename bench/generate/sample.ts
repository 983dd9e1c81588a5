import { blocks } from './write.ts';

/** The bytes of bench/sample/sample.jsonl: what the app offers to try. Small rows, several environments, a few broken lines. */
export function sample(): Buffer {
  const plan = { seed: 72, size: 'small', rollouts: 8, checkpoint: 0, odd: 0.03, kinds: sampleOddities } as const;
  const form = { rows: 400, crlf: false, bom: false, cutEnd: false };
  return Buffer.concat([...blocks(plan, form)].map((block) => Buffer.from(block.data)));
}

const sampleOddities = ['placeholder', 'cut', 'nan', 'null-reward', 'no-reward', 'truncated', 'unanswered-call', 'duplicate-key'] as const;
