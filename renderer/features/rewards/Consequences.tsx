import { IconAlertTriangle } from '@tabler/icons-react';
import type { SelectionSummary } from '#shared/model/selection.ts';
import { useFocus } from '../../data/focus-context.tsx';
import { splitAt } from '../../state/split.ts';
import { useView } from '../../state/use-view.tsx';
import { AfterCells, BeforeCell } from './ConsequenceCells.tsx';
import { ConsequenceMode } from './ConsequenceMode.tsx';
import { consequencesOf, isMostlyLost, type Consequence } from './consequences.ts';
import { draftWords } from './draft-words.ts';
import { LossWarning } from './LossWarning.tsx';
import { MarginInput } from './MarginInput.tsx';
import { RivalBar } from './RivalBar.tsx';
import css from './Consequences.module.css';
import rail from './Rail.module.css';

/** A draft and what it would leave. */
interface Candidate {
  readonly name: string;
  readonly summary: SelectionSummary;
  readonly isSplit: boolean;
}

/** What the filter keeps now, and what it would keep with the draft; or with two drafts, side by side. */
export function Consequences({ wide }: { wide: boolean }) {
  const { view } = useView();
  const { metric, before, after, rival } = useFocus();
  const { draft } = view;
  if (before === undefined || after === undefined || draft === null) return <section className={rail.section} aria-busy />;

  const candidateOf = (condition: string, summary: SelectionSummary): Candidate => ({
    name: draftWords(condition),
    summary,
    isSplit: splitAt(condition, metric?.name) !== null,
  });
  const now = candidateOf(draft, after);
  const held = view.rival === null || rival === undefined ? [] : [candidateOf(view.rival, rival)];
  const candidates = [...held, now];
  const showsBefore = wide || held.length === 0;
  const rows = consequencesOf(before);
  const warns = (row: Consequence, { summary, isSplit }: Candidate): boolean => isMostlyLost(row, before, summary, isSplit);

  return (
    <section className={rail.section} aria-label="Consequences">
      <div className={css.modes} data-stacked={!wide || undefined}>
        <h2 className={css.title}>Consequences</h2>
        <ConsequenceMode isNarrow={!wide} />
      </div>
      <table className={css.consequences} data-testid="consequences">
        {held.length > 0 && (
          <thead>
            <tr>
              <th scope="col">
                <span className="rs-sr">Figure</span>
              </th>
              {showsBefore && <th scope="col">now</th>}
              {candidates.map(({ name }, index) => (
                <th key={index} scope="col" title={name}>
                  {name}
                  <span className="rs-sr">{index === candidates.length - 1 ? ', the draft' : ', held'}</span>
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((row) => {
            const was = row.of(before, false);
            const lost = warns(row, now);
            return (
              <tr key={row.title}>
                <th scope="row" title={row.meaning}>
                  {wide ? row.title : row.short}
                  {row.title === 'Preference pairs' && <MarginInput margin={before.pairs?.margin} />}
                  {lost && <IconAlertTriangle size={13} aria-label="Most are lost" />}
                </th>
                {showsBefore && <BeforeCell value={was} format={wide && held.length === 0 ? row.format : undefined} />}
                {candidates.map((candidate, index) => (
                  <AfterCells
                    key={index}
                    row={row}
                    was={was}
                    is={row.of(candidate.summary, candidate.isSplit)}
                    isLost={warns(row, candidate)}
                    withMeter={wide && held.length === 0}
                    isBrief={held.length > 0}
                  />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      <RivalBar />
      {rows.some((row) => warns(row, now)) && <LossWarning />}
    </section>
  );
}
