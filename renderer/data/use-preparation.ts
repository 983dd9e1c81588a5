import { useCallback, useState } from 'react';
import { testsOf, type Operand } from '#shared/model/expression/index.ts';
import { tryParse } from '../state/try-parse.ts';
import { useCall } from './client.tsx';
import { useDataset } from './dataset-context.tsx';
import { useLatest } from './use-latest.ts';

export interface Preparation {
  readonly rowsDone: number;
  readonly rowsTotal: number;
}

/** How far lines have been read for conditions that no column answers: texts, nested paths. Null while none are read. */
export function usePreparation(filter: readonly string[]): Preparation | null {
  const call = useCall();
  const { dataset, columns, version, isBlank } = useDataset();
  const [progress, setProgress] = useState<Preparation | null>(null);
  const known = new Set(columns.map(({ name }) => name));
  const wanted = filter.filter((condition) => needsLines(condition, known));
  const ask = useCallback(
    (conditions: readonly string[], signal: AbortSignal) => {
      setProgress(null);
      const onProgress = (next: Preparation): void => (signal.aborted ? undefined : setProgress(next));
      return call('dataset.prepare', { dataset, filter: [...conditions], columns: [] }, { signal, onProgress });
    },
    [call, dataset],
  );
  const { loading } = useLatest(ask, isBlank || columns.length === 0 || wanted.length === 0 ? null : wanted, { version });
  return loading ? progress : null;
}

function needsLines(condition: string, columns: ReadonlySet<string>): boolean {
  const expression = tryParse(condition);
  if (expression === null) return false;
  return testsOf(expression).some((test) => test.kind === 'text' || ('operand' in test && namesUnknown(test.operand, columns)));
}

function namesUnknown(operand: Operand, columns: ReadonlySet<string>): boolean {
  switch (operand.kind) {
    case 'column':
      return !columns.has(operand.name);
    case 'group':
    case 'rank':
    case 'number':
      return false;
    case 'negative':
      return namesUnknown(operand.part, columns);
    case 'arithmetic':
      return namesUnknown(operand.left, columns) || namesUnknown(operand.right, columns);
    case 'call':
      return operand.parts.some((part) => namesUnknown(part, columns));
  }
}
