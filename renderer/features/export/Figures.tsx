import type { ExportPlan } from '#shared/model/export.ts';
import type { TokenTotals } from '#shared/model/training.ts';
import type { Answer } from '../../data/latest.ts';
import { formatBytes, formatCompact, formatCount, plural } from '../../ui/format.ts';
import css from './Figures.module.css';

interface FiguresProps {
  readonly plan: ExportPlan;
  readonly totals: Answer<TokenTotals | null>;
}

/** How much will be written, and how much of it is trained on. */
export function Figures({ plan: { rowsWritten, splits, bytes, lengths }, totals }: FiguresProps) {
  const { value, error, loading } = totals;
  // Of rows that no trainer is known for, and until they are told: a quarter of their bytes.
  const written = lengths === null || loading ? undefined : `≈ ${formatCompact(Math.round(lengths.total))}`;
  const sums = error === null ? value : null;
  return (
    <dl className={css.figures} aria-busy={loading}>
      <Figure name="examples" value={formatCount(rowsWritten)} large />
      {splits.length > 1 && splits.map(({ name, rows }) => <Figure key={name} name={name} value={formatCount(rows)} />)}
      <Figure name="size" value={formatBytes(bytes)} />
      {/* Last: what is told after the others moves none of them. */}
      {sums ? (
        <>
          <Figure name="tokens" value={tokenWords(sums, sums.tokens, rowsWritten)} title={sourceWords(sums, rowsWritten)} />
          {sums.loss === 'tokens' && (
            <Figure name="trained tokens" value={tokenWords(sums, sums.trained, rowsWritten)} title={sourceWords(sums, rowsWritten)} />
          )}
        </>
      ) : (
        lengths !== null && <Figure name="tokens" value={written ?? '…'} title="Estimated from the bytes of the rows, at four a token." />
      )}
    </dl>
  );
}

/** All were counted by the tokenizer: then the number is what it is. */
function isExact({ examples, refused, tokenizer }: TokenTotals, all: number): boolean {
  return tokenizer !== null && examples === all && refused === 0;
}

function tokenWords(totals: TokenTotals, tokens: number, all: number): string {
  return isExact(totals, all) ? formatCount(tokens) : `≈ ${formatCompact(Math.round(tokens))}`;
}

/** What a sum is told from. */
function sourceWords({ examples, refused, tokenizer }: TokenTotals, all: number): string {
  const how = tokenizer === null ? 'Estimated at four bytes a token' : `Counted by ${tokenizer}`;
  const whence =
    examples === all ? `in all ${plural(all, 'example')}` : `in ${formatCount(examples)} examples spread over all ${formatCount(all)}`;
  const but = refused === 0 ? '' : `; the template refuses ${formatCount(refused)} of them, and the others stand for those`;
  return `${how}, ${whence}${but}.`;
}

function Figure({ name, value, title, large = false }: { name: string; value: string; title?: string; large?: boolean }) {
  return (
    <div className={large ? css.large : undefined} title={title}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
