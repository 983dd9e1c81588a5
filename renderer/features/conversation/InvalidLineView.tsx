import type { RolloutDetail } from '#shared/model/rollout.ts';
import { useProblems } from '../../data/problems-context.tsx';
import { useRaw } from '../../data/use-rollout.ts';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { RawTab } from './RawTab.tsx';
import { visibleText } from './visible-text.ts';
import css from './InvalidLineView.module.css';

type Invalid = Extract<RolloutDetail, { kind: 'invalid' }>;

/** Bytes shown on either side of the offending one. */
const before = 72;
const after = 48;

/** A line that is no rollout: which byte is wrong, why, and what to do. */
export function InvalidLineView({ line }: { line: Invalid }) {
  const { row, offset, bytes } = line;
  const start = Math.max(0, offset - before);
  const left = useRaw(row, start, offset).value;
  const right = useRaw(row, offset, Math.min(bytes, offset + after)).value;
  const problem = useProblems().value?.problems.find(({ rule }) => rule === line.rule);
  const leftText = offset > start ? visibleText(left?.text ?? '') : '';
  const [wrong = '', ...rest] = Array.from(visibleText(offset < bytes ? (right?.text ?? '') : ''));
  const lead = start > 0 ? '…' : '';

  return (
    <div className={css.view}>
      <p className={css.message}>{line.message}</p>
      <pre className={css.excerpt} aria-label="The line around the offending byte">
        {lead}
        {leftText}
        <mark>{wrong === '' ? '⏎' : wrong}</mark>
        {rest.join('')}
        {offset + after < bytes && '…'}
        {'\n'}
        {' '.repeat(Array.from(lead + leftText).length)}
        <span className={css.caret}>^</span>
      </pre>
      <dl className={css.facts}>
        <Fact name="Rule">
          <code>{line.rule}</code>
        </Fact>
        <Fact name="Byte of the line">
          {formatCount(offset)} of {formatCount(bytes)}
        </Fact>
        <Fact name="Byte of the file">{formatCount(line.byteOffset)}</Fact>
        <Fact name="Length">{formatBytes(bytes)}</Fact>
        {problem !== undefined && <Fact name="Means">{problem.meaning}</Fact>}
        {problem !== undefined && <Fact name="To mend">{problem.remedy}</Fact>}
      </dl>
      {(start > 0 || offset + after < bytes) && <RawTab row={row} bytes={bytes} indentable={false} />}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
