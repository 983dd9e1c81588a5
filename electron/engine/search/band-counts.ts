import type { BandsRequest, SearchBand, SearchBands } from '#shared/model/search.ts';
import { columnBins, type QueryIndex, requireColumn, rowBins } from '../query/index.ts';
import { passMarkOf } from '../select/index.ts';

// Positions are below their arrays' lengths, so entries are never undefined: that is what `!` stands for here.

/** Counts searched rollouts, and hits in them, by what a metric says of them. Fails with bad-input on a wrong metric or edges. */
export class BandCounts {
  private readonly metric: string;
  private readonly passMark: number;
  private readonly numbers: Float64Array;
  private readonly passed = noneYet();
  private readonly failed = noneYet();
  private readonly without = noneYet();
  private readonly bins: { readonly edges: readonly number[]; readonly binOf: Uint16Array; readonly bands: Counted[] } | undefined;

  constructor(index: QueryIndex, { metric, passMark, binning }: BandsRequest) {
    this.metric = metric;
    this.numbers = requireColumn(index, metric).numbers();
    this.passMark = passMark ?? passMarkOf(index, metric);
    if (!binning) return;
    const binned = { column: metric, binning };
    const { edges } = columnBins(index, binned);
    this.bins = { edges, binOf: rowBins(index, binned), bands: Array.from({ length: edges.length - 1 }, noneYet) };
  }

  searched(row: number): void {
    for (const band of this.bandsOf(row)) band.searched++;
  }

  found(row: number, hits: number): void {
    for (const band of this.bandsOf(row)) {
      band.rows++;
      band.hits += hits;
    }
  }

  counts(): SearchBands {
    const { metric, passMark, passed, failed, without, bins } = this;
    return {
      metric,
      passMark,
      passed: { ...passed },
      failed: { ...failed },
      without: { ...without },
      ...(bins && { bins: { edges: [...bins.edges], bands: bins.bands.map((band) => ({ ...band })) } }),
    };
  }

  private bandsOf(row: number): readonly Counted[] {
    const value = this.numbers[row]!;
    const band = !Number.isFinite(value) ? this.without : value >= this.passMark ? this.passed : this.failed;
    const bin = this.bins?.bands[this.bins.binOf[row]!];
    return bin ? [band, bin] : [band];
  }
}

type Counted = { -readonly [Count in keyof SearchBand]: SearchBand[Count] };

function noneYet(): Counted {
  return { searched: 0, rows: 0, hits: 0 };
}
