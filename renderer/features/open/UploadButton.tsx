import { Button } from '@mantine/core';
import { useRef } from 'react';
import type { AppError } from '#shared/errors.ts';
import { UploadProgress } from './UploadProgress.tsx';
import { useUpload } from './use-upload.ts';
import css from './OpenScreen.module.css';

/** Chooses files of the user's own machine, which need not be the one that serves. */
export function UploadButton({
  onOpen,
  onError,
}: {
  onOpen: (grants: readonly string[]) => void;
  onError: (error: AppError | null) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const { uploading, start, cancel } = useUpload(onOpen, onError);
  if (uploading !== null) return <UploadProgress uploading={uploading} onCancel={cancel} />;
  return (
    <>
      <Button onClick={() => input.current?.click()}>Upload files</Button>
      <input
        ref={input}
        className={css.hidden}
        type="file"
        accept=".jsonl,.json,.ndjson"
        multiple
        tabIndex={-1}
        aria-hidden
        onChange={(event) => {
          start([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
