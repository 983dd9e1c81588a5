import type { SearchBands } from '#shared/model/search.ts';
import { binTone } from '../../ui/bars.ts';
import { formatCount, formatPercent, plural } from '../../ui/format.ts';
import { binBands, sideBands, type HitBand, type HitBin } from './hit-bands.ts';
import css from './BandTable.module.css';

interface BandTableProps {
  readonly bands: SearchBands;
  /** Adds a condition that keeps the rollouts of a band. */
  readonly onKeep: (condition: string) => void;
}

/** How hits are spread over what the metric says: which share of the passed, and of the failed, has one. */
export function BandTable({ bands, onKeep }: BandTableProps) {
  const sides = sideBands(bands);
  const bins = binBands(bands);
  const most = Math.max(...sides.map(share), 1e-9);
  return (
    <div className={css.bands}>
      <table className={css.table} data-testid="hit-bands">
        <caption className="rs-sr">Hits by {bands.metric}</caption>
        <thead className="rs-sr">
          <Names />
        </thead>
        <tbody>
          {sides.map((band) => (
            <tr key={band.side} data-side={band.side}>
              <th scope="row">
                <button
                  type="button"
                  className={css.name}
                  title={`${saidOf(band)}. Click to keep only these rollouts`}
                  onClick={() => onKeep(band.condition)}
                >
                  {band.label}
                </button>
              </th>
              <td className={css.bar} aria-hidden>
                <span style={{ width: `${(100 * share(band)) / most}%` }} />
              </td>
              <td className={css.share}>{formatPercent(band.rows, band.searched)}</td>
              <td className={css.count}>{`${formatCount(band.rows)} of ${formatCount(band.searched)}`}</td>
              <td className={css.hits}>{plural(band.hits, 'hit')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {bins.length > 0 && <Bins bins={bins} bands={bands} onKeep={onKeep} />}
    </div>
  );
}

function Names() {
  return (
    <tr>
      <th scope="col">rollouts</th>
      <th aria-hidden />
      <th scope="col">have hits</th>
      <th scope="col">with hits, of all</th>
      <th scope="col">hits</th>
    </tr>
  );
}

const height = 40;
const barWidth = 8;

/** The same by bins of the metric, each as high as its share; a click keeps one. Its twin in numbers is for those who do not see it. */
function Bins({ bins, bands: { metric, passMark }, onKeep }: BandTableProps & { readonly bins: readonly HitBin[] }) {
  const most = Math.max(...bins.map(share), 1e-9);
  const range = { min: bins[0]?.low ?? 0, max: bins.at(-1)?.high ?? 1 };
  return (
    <>
      <svg
        className={css.bins}
        width={bins.length * barWidth}
        height={height}
        role="img"
        aria-label={`Share of rollouts with hits by ${metric}`}
      >
        {bins.map((bin, index) => {
          const drawn = bin.rows === 0 ? 0 : Math.max(2, (share(bin) / most) * height);
          const { side } = binTone(bin.low, bin.high, { min: passMark, max: null }, range);
          return (
            <g key={bin.low} className={css.bin} onClick={() => onKeep(bin.condition)}>
              <title>{`${metric} ${saidOf(bin)}. Click to keep only these rollouts`}</title>
              <rect className={css.room} x={index * barWidth} width={barWidth} height={height} />
              <rect className={css.base} x={index * barWidth} width={barWidth - 1} y={height - 1} height={1} />
              <rect className={css.fill} data-side={side} x={index * barWidth} width={barWidth - 1} y={height - drawn} height={drawn} />
            </g>
          );
        })}
      </svg>
      <table className="rs-sr">
        <caption>Hits by bins of {metric}</caption>
        <thead>
          <Names />
        </thead>
        <tbody>
          {bins.map((bin) => (
            <tr key={bin.low}>
              <th scope="row">{bin.label}</th>
              <td />
              <td>{formatPercent(bin.rows, bin.searched)}</td>
              <td>{`${formatCount(bin.rows)} of ${formatCount(bin.searched)}`}</td>
              <td>{formatCount(bin.hits)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function share({ rows, searched }: HitBand): number {
  return searched === 0 ? 0 : rows / searched;
}

function saidOf({ label, rows, searched, hits }: HitBand): string {
  return `${label}: ${formatCount(rows)} of ${plural(searched, 'rollout')}, ${plural(hits, 'hit')}`;
}
