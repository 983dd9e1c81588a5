import { Switch } from '@mantine/core';
import { useState } from 'react';
import { toAppError } from '#shared/errors.ts';
import { formatBytes } from '../ui/format.ts';
import { useDataset } from '../data/dataset-context.tsx';
import { useNeighbourFiles, type Neighbour } from '../data/use-neighbour-files.ts';
import { neighbourTitles, sayNeighbour } from './neighbour-words.ts';
import css from './DatasetMenu.module.css';

/** What Gym wrote beside the files, what it adds, and a switch for each. */
export function NeighbourList() {
  const { state } = useDataset();
  const { neighbours, error, turn } = useNeighbourFiles();
  const [failure, setFailure] = useState<string | null>(null);
  const said = failure ?? error?.message ?? null;
  if (neighbours?.length === 0) return <p className={css.none}>Nothing that Gym writes beside rollouts was found here.</p>;
  return (
    <>
      <h2>Beside {state.files.length === 1 ? 'it' : 'them'}</h2>
      {said !== null && (
        <p className={css.error} role="alert">
          {said}
        </p>
      )}
      <ul className={css.neighbours} aria-busy={neighbours === undefined}>
        {(neighbours ?? []).map((neighbour) => (
          <Line
            key={`${neighbour.file} ${neighbour.kind} ${neighbour.name}`}
            neighbour={neighbour}
            onTurn={() => turn(neighbour).catch((thrown: unknown) => setFailure(toAppError(thrown).message))}
          />
        ))}
      </ul>
    </>
  );
}

function Line({ neighbour, onTurn }: { neighbour: Neighbour; onTurn: () => Promise<void> }) {
  const { kind, name, bytes, enabled, stale, problem } = neighbour;
  return (
    <li>
      <Switch size="xs" checked={enabled} aria-label={`Join ${name}`} onChange={() => void onTurn()} />
      <div className={css.what}>
        <p>
          <b>{neighbourTitles[kind]}</b> <span className={css.quiet}>{formatBytes(bytes)}</span>
        </p>
        <p className={css.name} title={name}>
          {name}
        </p>
        {sayNeighbour(neighbour).map((sentence) => (
          <p key={sentence} className={css.quiet}>
            {sentence}
          </p>
        ))}
        {stale && <p className={css.warn}>It may be of an earlier run.</p>}
        {problem !== undefined && <p className={css.warn}>{problem}</p>}
      </div>
    </li>
  );
}
