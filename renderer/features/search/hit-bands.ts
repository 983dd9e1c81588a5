import { quoteName } from '#shared/model/expression/index.ts';
import type { SearchBand, SearchBands } from '#shared/model/search.ts';
import { coarser } from '../../ui/bars.ts';
import { formatTick } from '../../ui/format.ts';

/** Some of the rollouts that were searched, by what the metric says of them. */
export interface HitBand extends SearchBand {
  readonly label: string;
  /** Keeps the rollouts of the band. */
  readonly condition: string;
}

export type BandSide = 'passed' | 'failed' | 'without';

/** Passed, failed, and those without a number, where there are any. */
export function sideBands({ metric, passMark, passed, failed, without }: SearchBands): (HitBand & { readonly side: BandSide })[] {
  const [name, mark] = [quoteName(metric), String(passMark)];
  const bands: (HitBand & { side: BandSide })[] = [
    { side: 'passed', label: `passed, ${metric} ≥ ${formatTick(passMark)}`, condition: `${name} >= ${mark}`, ...passed },
    { side: 'failed', label: `failed, ${metric} < ${formatTick(passMark)}`, condition: `${name} < ${mark}`, ...failed },
  ];
  if (without.searched === 0) return bands;
  return [...bands, { side: 'without', label: `no ${metric}`, condition: `not (${name} >= ${mark} or ${name} < ${mark})`, ...without }];
}

const mostBins = 20;

/** A bar of the small histogram: bin [low, high), the last one with its upper edge. */
export interface HitBin extends HitBand {
  readonly low: number;
  readonly high: number;
}

/** Bins of the metric, where it has more values than pass and fail tell apart; neighbours are added up where they are many. */
export function binBands({ metric, bins }: SearchBands): HitBin[] {
  if (bins === undefined || bins.bands.length < 3) return [];
  const of = (count: keyof SearchBand): number[] => bins.bands.map((band) => band[count]);
  const drawn = coarser({ edges: bins.edges, counts: of('rows'), all: of('searched') }, mostBins);
  const hits = coarser({ edges: bins.edges, counts: of('hits'), all: [] }, mostBins).counts;
  const name = quoteName(metric);
  return drawn.counts.map((rows, bin) => {
    const [low, high] = [drawn.edges[bin] ?? 0, drawn.edges[bin + 1] ?? 0];
    const isLast = bin === drawn.counts.length - 1;
    return {
      label: `${formatTick(low)} to ${formatTick(high)}`,
      condition: `${name} >= ${low} and ${name} ${isLast ? '<=' : '<'} ${high}`,
      low,
      high,
      rows,
      searched: drawn.all[bin] ?? 0,
      hits: hits[bin] ?? 0,
    };
  });
}
