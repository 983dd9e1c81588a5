import { Button } from '@mantine/core';
import { IconCircleCheck, IconFolderOpen } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Manifest } from '#shared/model/export.ts';
import type { TargetInfo } from '#shared/model/target.ts';
import { useExportCalls } from '../../data/use-export.ts';
import type { Place } from '../../state/export-state.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { CopyIcon } from '../../ui/CopyIcon.tsx';
import { formatBytes, formatCount, plural } from '../../ui/format.ts';
import { useOffers } from '../../ui/offers.tsx';
import { CheckList } from './CheckList.tsx';
import css from './RunDone.module.css';

interface RunDoneProps {
  readonly manifest: Manifest;
  readonly place: Place;
  /** The target now chosen; its command is shown when it is the one that was written. */
  readonly target: TargetInfo;
  readonly desktop: boolean;
  /** It is what is chosen still: then what to do with it comes first. */
  readonly current: boolean;
}

/** What was written, what was checked, and how to train with it. */
export function RunDone({ manifest, place, target, desktop, current }: RunDoneProps) {
  const { reveal } = useExportCalls();
  const [refused, setRefused] = useState<string | null>(null);
  const command = target.target === manifest.target ? target.command : '';
  const path = `${place.folder.detail}/${place.name}`;
  const first = current ? 'filled' : 'default';
  const placed = command === '' ? first : 'default';
  const recipe = JSON.stringify(manifest.recipe, null, 2);
  const show = (): void => {
    reveal(place.folder.grant, place.name).catch((error: unknown) => setRefused(error instanceof Error ? error.message : String(error)));
  };
  const section = useRef<HTMLElement>(null);
  // In a low window it comes to stand below the edge.
  useEffect(() => {
    // In braces: of newer browsers it answers a promise, which is no clean-up.
    section.current?.scrollIntoView({ block: 'nearest' });
  }, [manifest]);
  useOffers(() => (desktop ? [{ id: 'export.reveal', title: 'Show the export in its folder', icon: IconFolderOpen, run: show }] : []));
  return (
    <section ref={section} className={css.done} aria-label="Written">
      <h3 className={css.head} role="status">
        <IconCircleCheck size={16} aria-hidden />
        {plural(manifest.rowsWritten, 'example')} written to {place.folder.name}/{place.name}
      </h3>
      {refused !== null && <p className={css.refused}>{refused}</p>}
      {command !== '' && (
        <div className={css.box}>
          <code>{command}</code>
          <CopyButton variant={first} label="Copy the command" text={command} />
        </div>
      )}
      <div className={css.actions}>
        {desktop ? (
          <Button variant={placed} leftSection={<IconFolderOpen size={16} />} onClick={show}>
            Show in folder
          </Button>
        ) : (
          <CopyButton variant={placed} label="Copy the path" text={path} />
        )}
      </div>
      <table className={css.files}>
        <thead>
          <tr>
            <th scope="col">file</th>
            <th scope="col">rows</th>
            <th scope="col">size</th>
            <th scope="col">sha256</th>
          </tr>
        </thead>
        <tbody>
          {manifest.files.map((file) => (
            <tr key={file.path}>
              <th scope="row">{file.path}</th>
              <td>{file.rows === 0 ? null : formatCount(file.rows)}</td>
              <td>{formatBytes(file.bytes)}</td>
              <td>
                <code title={file.sha256}>{file.sha256.slice(0, 16)}…</code>
                <CopyIcon label={`Copy the sha256 of ${file.path}`} text={file.sha256} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={css.checks}>
        <CheckList
          label="Checks"
          lines={manifest.checks.map(({ name, ok, detail }) => ({
            id: name,
            kind: ok ? 'holds' : 'failed',
            title: name,
            detail,
            outcome: ok ? 'pass' : 'failed',
          }))}
        />
      </div>
      <details className={css.recipe}>
        <summary>The recipe, which makes these bytes again</summary>
        <div className={css.box}>
          <pre>{recipe}</pre>
          <CopyIcon label="Copy the recipe" text={recipe} />
        </div>
      </details>
    </section>
  );
}
