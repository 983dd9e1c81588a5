import { Buffer } from 'node:buffer';
import { CellKind } from '../../index/types.ts';
import { type ColumnSource, notSampling } from '../fields.ts';
import { type LineValue, ValueReader } from './values.ts';

/** Every key of a rollout that holds a value which a column can show, in the order of the line, without building objects. */
export function* rowFields(line: Uint8Array): Generator<ColumnSource, void> {
  const reader = new ValueReader(Buffer.from(line.buffer, line.byteOffset, line.byteLength));
  function* fields(scope: ColumnSource['scope'], object: LineValue | undefined): Generator<ColumnSource, void> {
    for (const { key, value } of reader.members(object)) {
      if (value.kind !== CellKind.object && value.kind !== CellKind.array) yield { scope, key };
    }
  }
  const root = reader.root();
  yield* fields('field', root);
  const nested = reader.pick(root, new Set(['response', 'responses_create_params', 'reward_components']));
  yield* fields('reward_components', nested.get('reward_components'));
  for (const source of fields('sampling', nested.get('responses_create_params'))) if (!notSampling.includes(source.key)) yield source;
  yield* fields('usage', reader.pick(nested.get('response'), new Set(['usage'])).get('usage'));
}
