import { ActionIcon, SegmentedControl } from '@mantine/core';
import { IconBraces, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { limits } from '#shared/limits.ts';
import { useRaw, useReadLine } from '../../data/use-rollout.ts';
import { CopyIcon } from '../../ui/CopyIcon.tsx';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { indentJson } from '../../ui/json-text.ts';
import { JsonLines } from '../../ui/JsonLines.tsx';
import { PlainText } from '../../ui/PlainText.tsx';
import { useOffers } from '../../ui/offers.tsx';
import css from './RawTab.module.css';

interface RawTabProps {
  readonly row: number;
  readonly bytes: number;
  /** A line that is no JSON is shown as it is. */
  readonly indentable?: boolean;
}

/** The line as the file holds it: indented while it is at most one slice long, else slice by slice. */
export function RawTab({ row, bytes, indentable = true }: RawTabProps) {
  const [slice, setSlice] = useState(0);
  const [form, setForm] = useState<'indented' | 'written'>('indented');
  const start = slice * limits.rawBytes;
  const end = Math.min(bytes, start + limits.rawBytes);
  const { value, error } = useRaw(row, start, end);
  const readLine = useReadLine();
  const whole = bytes <= limits.rawBytes;
  const indented = whole && indentable && form === 'indented';
  const text = useMemo(() => (value === undefined ? '' : indented ? indentJson(value.text) : value.text), [value, indented]);

  useOffers(() => [
    ...(whole && indentable
      ? [
          form === 'indented'
            ? { id: 'raw.form', title: 'Raw JSON as written', icon: IconBraces, run: () => setForm('written') }
            : { id: 'raw.form', title: 'Raw JSON indented', icon: IconBraces, run: () => setForm('indented') },
        ]
      : []),
    ...(slice > 0
      ? [{ id: 'raw.previous', title: 'Previous slice of the line', icon: IconChevronLeft, run: () => setSlice(slice - 1) }]
      : []),
    ...(end < bytes ? [{ id: 'raw.next', title: 'Next slice of the line', icon: IconChevronRight, run: () => setSlice(slice + 1) }] : []),
  ]);

  return (
    <>
      <div className={css.bar}>
        {whole ? (
          indentable && (
            <SegmentedControl
              size="xs"
              aria-label="Form"
              value={form}
              onChange={setForm}
              data={[
                { value: 'indented', label: 'Indented' },
                { value: 'written', label: 'As written' },
              ]}
            />
          )
        ) : (
          <>
            <ActionIcon variant="subtle" aria-label="Previous slice" disabled={slice === 0} onClick={() => setSlice(slice - 1)}>
              <IconChevronLeft size={16} />
            </ActionIcon>
            <span className={css.range}>
              Bytes {formatCount(start)} to {formatCount(end)} of {formatCount(bytes)}
            </span>
            <ActionIcon variant="subtle" aria-label="Next slice" disabled={end >= bytes} onClick={() => setSlice(slice + 1)}>
              <IconChevronRight size={16} />
            </ActionIcon>
          </>
        )}
        <span className={css.size}>{formatBytes(bytes)}</span>
        <CopyIcon label="Copy the line" text={() => readLine(row, bytes)} />
      </div>
      {error !== null ? (
        <p className={css.error}>{error.message}</p>
      ) : indented ? (
        <JsonLines text={text} label="Raw JSON" />
      ) : (
        <PlainText text={text} label="Raw line" />
      )}
    </>
  );
}
