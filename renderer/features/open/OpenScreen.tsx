import { Button } from '@mantine/core';
import { IconFileDownload, IconFlask, IconFolder, IconKeyboard, IconTerminal2 } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { toAppError, type AppError } from '#shared/errors.ts';
import type { Grant, Recent } from '#shared/model/grant.ts';
import { useCall, type PageOutput } from '../../data/client.tsx';
import { useRequest } from '../../data/use-request.ts';
import { KeyCap } from '../../ui/Key.tsx';
import { isKey } from '../../ui/key-press.ts';
import { Card } from './Card.tsx';
import { DropTarget } from './DropTarget.tsx';
import { RecentTable, type Known } from './RecentTable.tsx';
import { UploadButton } from './UploadButton.tsx';
import css from './OpenScreen.module.css';

interface OpenScreenProps {
  readonly info: PageOutput<'shell.info'>;
  /** Grants on their way to be opened. */
  readonly opening: readonly string[];
  readonly error: AppError | null;
  readonly onOpen: (grants: readonly string[]) => void;
  readonly onKeys: () => void;
}

const serveCommand = 'rollscope serve ~/runs';
const noInput = {};

/** What one sees first: a place to drop files, what was open before, and a sample to try. */
export function OpenScreen({ info, opening, error, onOpen, onKeys }: OpenScreenProps) {
  const call = useCall();
  const [forgotten, setForgotten] = useState(0);
  const recents = useRequest('shell.recents', noInput, { version: forgotten }).value?.recents;
  const [failure, setFailure] = useState<AppError | null>(null);
  const desktop = info.shell === 'desktop';
  const said = failure ?? error;
  const known = desktop ? (recents ?? []) : servedWith(info.open, recents ?? []);

  const choose = async (folder: boolean): Promise<void> => {
    setFailure(null);
    try {
      const chosen = await call('shell.chooseFiles', { folder });
      if (chosen !== null) onOpen([chosen.grant]);
    } catch (thrown) {
      setFailure(toAppError(thrown));
    }
  };
  const forget = (grant: string): void => {
    call('shell.forget', { grant }).then(
      () => setForgotten((count) => count + 1),
      (thrown: unknown) => setFailure(toAppError(thrown)),
    );
  };
  useEffect(() => {
    if (!desktop) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      const folder = isKey('open.folder', event);
      if (!folder && !isKey('open', event)) return;
      event.preventDefault();
      void choose(folder);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });

  return (
    <div className={css.screen}>
      <div className={css.column}>
        <section className={css.drop} aria-label="Open">
          <span className={css.dropIcon}>
            <IconFileDownload size={24} aria-hidden />
          </span>
          <div className={css.dropWords}>
            <h1>{desktop ? 'Drop rollout files or a folder here' : 'Drop rollout files here'}</h1>
            <p>.jsonl of any size: rows appear while the file is still being read.</p>
            <p className={css.quiet}>
              {desktop ? 'Nothing leaves this machine.' : 'A dropped file is copied to the machine that serves this page.'}
            </p>
          </div>
          <div className={css.dropActions}>
            {desktop ? (
              <>
                <Button rightSection={<KeyCap id="open" onAccent />} onClick={() => void choose(false)}>
                  Open files
                </Button>
                <Button variant="default" leftSection={<IconFolder size={14} />} onClick={() => void choose(true)}>
                  Open folder
                </Button>
              </>
            ) : (
              <UploadButton onOpen={onOpen} onError={setFailure} />
            )}
          </div>
        </section>
        {said !== null && (
          <p className={css.error} role="alert">
            {said.message}
          </p>
        )}
        {known.length > 0 && (
          <RecentTable
            title={desktop ? 'Recent' : 'Served here'}
            recents={known}
            opening={opening}
            onOpen={(grant) => onOpen([grant])}
            onForget={desktop ? forget : undefined}
          />
        )}
        <div className={css.cards}>
          {info.sample !== null && <SampleCard sample={info.sample.grant} onOpen={onOpen} />}
          <Card icon={<IconTerminal2 size={18} aria-hidden />} title="On a training node">
            <p>
              Run <code>{serveCommand}</code> there, tunnel the port, open the printed address.
            </p>
            <CopyCommand />
          </Card>
          <Card icon={<IconKeyboard size={18} aria-hidden />} title="Know three keys">
            <p>
              <KeyCap id="threshold" /> sets a threshold, <KeyCap id="filter" /> types a filter, <KeyCap id="help" /> lists every key.
            </p>
            <button type="button" className={css.link} onClick={onKeys}>
              Show keys
            </button>
          </Card>
        </div>
      </div>
      <DropTarget shell={info.shell} onOpen={onOpen} onError={setFailure} />
    </div>
  );
}

/** What this server was given, with what is known of it; one that was never opened is listed too. */
function servedWith(served: readonly Grant[], recents: readonly Recent[]): Known[] {
  const isKnown = ({ name, detail }: Grant): boolean => recents.some((recent) => recent.name === name && recent.detail === detail);
  return [...recents, ...served.filter((grant) => !isKnown(grant))];
}

function SampleCard({ sample, onOpen }: { sample: string; onOpen: (grants: readonly string[]) => void }) {
  return (
    <Card icon={<IconFlask size={18} aria-hidden />} title="Try the sample">
      <p>A few hundred rollouts of several environments, with negative rewards and broken lines.</p>
      <button type="button" className={css.link} onClick={() => onOpen([sample])}>
        Open sample
      </button>
    </Card>
  );
}

function CopyCommand() {
  const [copied, setCopied] = useState(false);
  return (
    <button
      type="button"
      className={css.link}
      onClick={() => void navigator.clipboard.writeText(serveCommand).then(() => setCopied(true))}
      onBlur={() => setCopied(false)}
    >
      {copied ? 'Copied' : 'Copy command'}
    </button>
  );
}
