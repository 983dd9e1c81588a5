import { makeRow, mappedContent, type RowFacts, rowFacts, spooledContent } from '../map-row.ts';
import type { ReasonId } from '../reasons.ts';
import type { RolloutAccess } from '../rollout.ts';
import type { Settings } from '../settings.ts';
import type { Target } from '../types.ts';
import type { Answer, Ask } from './messages.ts';

/** Does one piece of work; yields after each row. */
export function* askSteps(
  access: RolloutAccess,
  target: Target,
  settings: Settings,
  rows: Iterable<number>,
  ask: Ask,
  isSpooled: boolean,
): Generator<undefined, Answer> {
  switch (ask.kind) {
    case 'facts': {
      const facts: (RowFacts | ReasonId)[] = [];
      const texts: (string | Uint8Array)[] = [];
      for (const row of rows) {
        const mapped = rowFacts(access, target, settings, row);
        facts.push(typeof mapped === 'string' ? mapped : mapped.facts);
        if (ask.texts && typeof mapped !== 'string') texts.push(mapped.text);
        yield undefined;
      }
      return { kind: 'facts', facts, ...(ask.texts && { texts: joined(texts, facts) }) };
    }
    case 'block': {
      const block = target.format(settings).block(ask.columns);
      const contentOf = isSpooled ? spooledContent(access) : mappedContent(access, target, settings);
      for (const example of ask.examples) {
        if (isSpooled && !target.join) {
          block.addText(bufferOf(access.line(example.rows[0] ?? 0)));
          yield undefined;
          continue;
        }
        const content = makeRow(contentOf, target, settings, example);
        if (content === undefined) return { kind: 'block', block: undefined };
        if (content instanceof Uint8Array) throw new TypeError('lines that are passed on are copied');
        block.add(content);
        yield undefined;
      }
      return { kind: 'block', block: block.end() };
    }
  }
}

const newline = 10;

function joined(texts: readonly (string | Uint8Array)[], facts: readonly (RowFacts | ReasonId)[]): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(facts.reduce((sum, each) => sum + (typeof each === 'string' ? 0 : each.bytes + 1), 0));
  let at = 0;
  for (const text of texts) {
    if (typeof text === 'string') at += bytes.write(text, at, 'utf8');
    else {
      bytes.set(text, at);
      at += text.length;
    }
    bytes[at++] = newline;
  }
  return bytes;
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
