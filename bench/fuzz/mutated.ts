import type { Random } from '../generate/random.ts';
import type { FuzzFile } from './check.ts';
import { deepRow, denseRows } from './dense.ts';
import { edges } from './edges.ts';
import { isObject, tryParse } from './parsed.ts';
import { mutate } from './mutate.ts';
import { reshape } from './reshape.ts';
import { depthOf, parseTree, type Tree } from './tree.ts';

const chunks = [64, 64, 128, 192, 256, 1024, 4096, 65536, 262144];
const blanks = ['\n', ' \n', '\r\n', '\t \n'];
/** Deeper lines are harmed, not reshaped. */
const deepest = 300;
const byteOrderMark = Buffer.of(0xef, 0xbb, 0xbf);

/** Files of lines that were changed at random: most of them so that they stay valid, the others harmed. */
export class MutatedFiles {
  private readonly lines: readonly Buffer<ArrayBuffer>[];
  private readonly small: readonly Buffer<ArrayBuffer>[];
  private readonly trees: readonly Tree[];
  private readonly smallTrees: readonly Tree[];

  /** `real`: lines of real files. The hand-written ones are among the lines three times: they are few and small. */
  constructor(
    private readonly random: Random,
    real: readonly Buffer<ArrayBuffer>[],
  ) {
    const single = edges.filter((edge) => !edge.includes(10));
    this.lines = [...real, ...single, ...single, ...single];
    this.small = this.lines.filter(isSmall);
    const objects = this.lines.flatMap((line) => {
      if (!isObject(tryParse(line)?.value)) return [];
      const tree = parseTree(line.toString());
      return depthOf(tree) < deepest ? [{ line, tree }] : [];
    });
    this.trees = objects.map(({ tree }) => tree);
    this.smallTrees = objects.filter(({ line }) => isSmall(line)).map(({ tree }) => tree);
  }

  /** A file of about 60 lines, or of more when they are small. */
  next(): FuzzFile {
    const { random } = this;
    const file = random.chance(0.1) ? denseRows(random, random.int(1, 400)) : this.file();
    return { file, chunkBytes: random.pick(chunks), label: 'mutated', ranges: random.chance(0.66) ? 1 : random.int(2, 5) };
  }

  private file(): Buffer<ArrayBuffer> {
    const { random } = this;
    const newline = Buffer.from(random.chance(0.25) ? '\r\n' : '\n');
    const parts = random.chance(0.2) ? [byteOrderMark] : [];
    for (let i = 0; i < 60; i++) {
      parts.push(this.line(), newline);
      if (random.chance(0.08)) parts.push(Buffer.from(random.pick(blanks)));
    }
    if (random.chance(0.33)) parts.pop();
    return Buffer.concat(parts);
  }

  private line(): Buffer<ArrayBuffer> {
    const { random } = this;
    const isSmaller = random.chance(0.875);
    const reshaped = (): Buffer<ArrayBuffer> => reshape(random.pick(isSmaller ? this.smallTrees : this.trees), this.trees, random);
    const kind = random.next();
    if (kind < 0.62) return reshaped();
    if (kind < 0.8) return mutate(reshaped(), random);
    if (kind < 0.82) return deepRow(random);
    const line = random.pick(isSmaller ? this.small : this.lines);
    return kind < 0.84 ? line : mutate(line, random);
  }
}

function isSmall(line: Buffer): boolean {
  return line.length < 3000;
}
