import { Button } from '@mantine/core';
import type { Uploading } from './use-upload.ts';
import css from './OpenScreen.module.css';

export function UploadProgress({ uploading: { name, share }, onCancel }: { uploading: Uploading; onCancel: () => void }) {
  const percent = Math.floor(share * 100);
  return (
    <div className={css.progress}>
      <span title={name}>{`Copying ${name} · ${percent}%`}</span>
      <progress max={100} value={percent} aria-label={`Copying ${name}`} />
      <Button variant="default" size="xs" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
