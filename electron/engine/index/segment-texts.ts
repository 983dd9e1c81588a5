import type { SegmentTexts } from '../scan/segment.ts';
import { decodeWtf8 } from '../scan/wtf8.ts';
import type { Dictionary } from './dictionary.ts';
import type { CodeMapper } from './stored-column.ts';

const unknown = -1;
const refused = -2;

/** Turns codes of a segment's texts into codes of the columns' dictionaries. */
export class SegmentTextReader {
  private readonly decoded: (string | undefined)[] = [];
  /** By code of the segment: the code in the dictionary in hand. */
  private readonly known: Int32Array;

  constructor(private readonly texts: SegmentTexts) {
    this.known = new Int32Array(texts.ends.length);
  }

  /** The mapper of one column, good until the next one is asked for. Each text is looked up once. */
  mapperFor(dictionary: Dictionary): CodeMapper {
    const { known } = this;
    known.fill(unknown);
    return (code) => {
      const before = known[code];
      if (before === undefined || before === refused) return undefined;
      if (before !== unknown) {
        dictionary.countAgain(1);
        return before;
      }
      const found = dictionary.codeOf(this.text(code));
      known[code] = found ?? refused;
      return found;
    };
  }

  /** Text number `code`, decoded once. */
  private text(code: number): string {
    const { decoded, texts } = this;
    const known = decoded[code];
    if (known !== undefined) return known;
    const text = decodeWtf8(texts.bytes.subarray(code === 0 ? 0 : texts.ends[code - 1], texts.ends[code]));
    decoded[code] = text;
    return text;
  }
}
