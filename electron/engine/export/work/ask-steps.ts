import { makeRow, type RowFacts, rowFacts } from '../map-row.ts';
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
): Generator<undefined, Answer> {
  switch (ask.kind) {
    case 'facts': {
      const facts: (RowFacts | ReasonId)[] = [];
      for (const row of rows) {
        facts.push(rowFacts(access, target, settings, row));
        yield undefined;
      }
      return { kind: 'facts', facts };
    }
    case 'block': {
      const block = target.format(settings).block(ask.columns);
      for (const example of ask.examples) {
        const content = makeRow(access, target, settings, example);
        if (content === undefined) return { kind: 'block', block: undefined };
        if (content instanceof Uint8Array) throw new TypeError('lines that are passed on are copied');
        block.add(content);
        yield undefined;
      }
      return { kind: 'block', block: block.end() };
    }
  }
}
