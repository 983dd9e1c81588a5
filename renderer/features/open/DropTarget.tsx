import { IconFileDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/errors.ts';
import { UploadProgress } from './UploadProgress.tsx';
import { useUpload } from './use-upload.ts';
import css from './DropTarget.module.css';

interface DropTargetProps {
  readonly shell: 'desktop' | 'browser';
  readonly onOpen: (grants: readonly string[]) => void;
  readonly onError?: (error: AppError | null) => void;
}

const ignore = (): void => undefined;

/**
 * The whole window takes files. On the desktop the shell sees the drop and tells the app what was granted, for a page
 * never learns paths; in the browser the file is copied to the server first.
 */
export function DropTarget({ shell, onOpen, onError = ignore }: DropTargetProps) {
  const [over, setOver] = useState(false);
  const { uploading, start, cancel } = useUpload(onOpen, onError);

  useEffect(() => {
    const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      setOver(false);
      if (shell === 'browser') start([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragover', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragover', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [shell, start]);

  if (uploading !== null) {
    return (
      <div className={css.corner}>
        <UploadProgress uploading={uploading} onCancel={cancel} />
      </div>
    );
  }
  if (!over) return null;
  return (
    <div className={css.cover} aria-hidden>
      <IconFileDownload size={24} />
      <p>Drop to open</p>
    </div>
  );
}
