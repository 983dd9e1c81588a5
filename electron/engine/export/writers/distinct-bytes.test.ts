import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { seededRandom } from '../../select/index.ts';
import { DistinctBytes } from './distinct-bytes.ts';

const schema = [
  { name: 'root', num_children: 1 },
  { name: 'x', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
] as const;

/** The file that the library makes of a column, and which encodings it took. */
function written(data: readonly (Uint8Array | null)[], encoding?: 'PLAIN'): { bytes: Buffer; encodings: readonly string[] } {
  const sink = new ByteWriter();
  const writer = new ParquetWriter({ writer: sink, schema: schema.map((each) => ({ ...each })), statistics: false });
  void writer.write({ columnData: [{ name: 'x', data: [...data], ...(encoding && { encoding }) }], rowGroupSize: data.length });
  void writer.finish();
  return { bytes: Buffer.from(sink.getBytes()), encodings: writer.row_groups[0]?.columns[0]?.meta_data?.encodings ?? [] };
}

/** What is known of values once they all are added. */
function distinctOf(data: readonly (Uint8Array | null)[]): DistinctBytes {
  const distinct = new DistinctBytes((i) => data[i] ?? new Uint8Array());
  data.forEach((value, i) => {
    if (value) distinct.add(i, value.length);
  });
  return distinct;
}

test('a column that is called plain is the same file', () => {
  const random = seededRandom(3);
  let [plain, dictionaries] = [0, 0];
  for (let round = 0; round < 300; round++) {
    const rows = 1 + Math.floor(random() * 200);
    const kinds = 1 + Math.floor(random() * rows * 1.2);
    const length = Math.floor(random() * 60);
    const data = Array.from({ length: rows }, () => {
      const kind = Math.floor(random() * kinds);
      return kind % 7 === 6 ? null : Buffer.from(`${kind}`.padStart(length, 'é'));
    });
    const alone = written(data);
    const { needsNoDictionary } = distinctOf(data);
    if (needsNoDictionary) plain++;
    if (alone.encodings.includes('RLE_DICTIONARY')) {
      dictionaries++;
      expect(needsNoDictionary).toBe(false);
    }
    expect(Buffer.compare(written(data, needsNoDictionary ? 'PLAIN' : undefined).bytes, alone.bytes)).toBe(0);
  }
  // Of each there were many.
  expect(Math.min(plain, dictionaries)).toBeGreaterThan(50);
});

test('values that look alike are told apart, or it is known that they are not', () => {
  const alike = Array.from({ length: 100 }, (_, i) => {
    const value = Buffer.alloc(5000, 'x');
    value.write(String(i).padStart(3, '0'), 17);
    return value;
  });
  expect(distinctOf([...alike, ...alike]).needsNoDictionary).toBe(false);
});

test('nothing but nulls', () => expect(distinctOf([null, null]).needsNoDictionary).toBe(false));
