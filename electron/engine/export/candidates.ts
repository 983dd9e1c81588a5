import { ExampleList, placesWhere } from './example-list.ts';

/** Which of two texts are equal: equal numbers, equal texts. */
interface Keys {
  /** Equal for equal rows; undefined unless duplicates are looked for. */
  readonly digests?: Uint32Array | undefined;
  /** Equal for equal requests and answers; undefined unless rollouts are put together. */
  readonly requests?: Uint32Array | undefined;
  readonly answers?: Uint32Array | undefined;
}

/** What is kept of mapped rollouts until they are written, in ascending order of their rows. */
export class Candidates {
  constructor(
    /** Each of one row. */
    readonly examples: ExampleList,
    readonly keys: Keys = {},
  ) {}

  get length(): number {
    return this.examples.length;
  }

  get rows(): Uint32Array {
    return this.examples.columns.rows;
  }

  filter(isKept: (i: number) => boolean): Candidates {
    const places = placesWhere(this.length, isKept);
    const { digests, requests, answers } = this.keys;
    const picked = (keys: Uint32Array | undefined): Uint32Array | undefined => keys && places.map((at) => keys[at] ?? 0);
    return new Candidates(this.examples.pick(places), {
      digests: picked(digests),
      requests: picked(requests),
      answers: picked(answers),
    });
  }

  /** Where the row stands; undefined where it is no candidate. */
  placeOf(row: number): number | undefined {
    const { rows } = this;
    let [from, to] = [0, rows.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((rows[middle] ?? 0) < row) from = middle + 1;
      else to = middle;
    }
    return rows[from] === row ? from : undefined;
  }
}

interface Fact {
  readonly shape: number;
  readonly bytes: number;
  readonly digest: string;
  readonly request: string;
  readonly answer: string;
}

/** Takes candidates one by one, at most `most`. */
export class CandidatesBuilder {
  private count = 0;
  private readonly rows: Uint32Array;
  private readonly bytes: Float64Array;
  private readonly shapes: Uint16Array;
  private readonly digests = new TextKeys();
  private readonly requests = new TextKeys();
  private readonly answers = new TextKeys();

  constructor(private readonly most: number) {
    this.rows = new Uint32Array(most);
    this.bytes = new Float64Array(most);
    this.shapes = new Uint16Array(most);
  }

  add(row: number, { shape, bytes, digest, request, answer }: Fact): void {
    const at = this.count++;
    this.rows[at] = row;
    this.bytes[at] = bytes;
    this.shapes[at] = shape;
    this.digests.set(at, digest, this.most);
    this.requests.set(at, request, this.most);
    this.answers.set(at, answer, this.most);
  }

  end(): Candidates {
    const { count } = this;
    const examples = new ExampleList({
      rows: this.rows.slice(0, count),
      bytes: this.bytes.slice(0, count),
      shapes: this.shapes.slice(0, count),
    });
    return new Candidates(examples, {
      digests: this.digests.end(count),
      requests: this.requests.end(count),
      answers: this.answers.end(count),
    });
  }
}

/** Numbers for texts, 0 for the empty one. */
class TextKeys {
  private keys: Uint32Array | undefined;
  private readonly known = new Map([['', 0]]);

  set(at: number, text: string, most: number): void {
    if (text === '' && !this.keys) return;
    this.keys ??= new Uint32Array(most);
    const key = this.known.get(text) ?? this.known.size;
    this.known.set(text, key);
    this.keys[at] = key;
  }

  end(count: number): Uint32Array | undefined {
    return this.keys?.slice(0, count);
  }
}
