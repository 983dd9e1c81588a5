import { isCut, makeRow, mappedContent, type RowFacts, rowFacts, spooledContent } from '../map-row.ts';
import type { ReasonId } from '../reasons.ts';
import type { RolloutAccess } from '../rollout.ts';
import type { Settings } from '../settings.ts';
import { writeSpooled } from '../spool.ts';
import type { Target } from '../types.ts';
import { ByteSink } from '../writers/byte-sink.ts';
import { RowParts } from '../writers/row-parts.ts';
import type { Answer, Ask } from './messages.ts';

/** A longer text is not worth memory that is kept. */
const keptBytes = 8 << 20;

interface Means {
  /** Whether rows are what planning has mapped already. */
  readonly isSpooled?: boolean;
  /** Where texts to be spooled are put together. */
  readonly texts?: ByteSink;
  /** Memory for the answer. */
  readonly into?: ArrayBuffer | undefined;
}

/** Does one piece of work; yields after each row. */
export function* askSteps(
  access: RolloutAccess,
  target: Target,
  settings: Settings,
  rows: Iterable<number>,
  ask: Ask,
  { isSpooled = false, texts = new ByteSink(), into }: Means = {},
): Generator<undefined, Answer> {
  switch (ask.kind) {
    case 'facts': {
      const facts: (RowFacts | ReasonId)[] = [];
      texts.clear(keptBytes);
      const spooled = ask.spool && { texts, isCut: isCut(target, settings) };
      for (const row of rows) {
        facts.push(rowFacts(access, target, settings, row, spooled));
        yield undefined;
      }
      return { kind: 'facts', facts, ...(ask.spool && { spooledAt: writeSpooled(ask.spool, texts.written()) }) };
    }
    case 'block': {
      const block = target.format(settings).block(ask.columns, into);
      const contentOf = isSpooled ? spooledContent(access) : mappedContent(access, target, settings);
      for (const example of ask.examples) {
        if (isSpooled && !target.join) {
          block.addParts(new RowParts(bufferOf(access.line(example.rows[0] ?? 0))));
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

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
