import { ActionIcon, Menu } from '@mantine/core';
import { IconClipboardCopy, IconDots, IconFilePlus } from '@tabler/icons-react';
import { useRef } from 'react';
import { AppError, toAppError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import { useMarksExchange } from '../../data/use-marks-exchange.ts';
import { plural } from '../../ui/format.ts';
import { importWords } from './step-words.ts';
import { useOffers } from '../../ui/offers.tsx';
import type { Command } from '../../ui/command.ts';
import { OfferItems } from '../../ui/OfferItems.tsx';

/** Takes all marks of the dataset out as JSONL, and in from a file: colleagues look at other parts of a run. */
export function MarksMenu({ onSay }: { onSay: (what: string) => void }) {
  const { takeOut, takeIn } = useMarksExchange();
  const input = useRef<HTMLInputElement>(null);

  const say = (work: Promise<string>): void => void work.catch((error: unknown) => toAppError(error).message).then(onSay);
  const copyAll = async (): Promise<string> => {
    const { text, marks } = await takeOut();
    await navigator.clipboard.writeText(text).catch(() => {
      throw new AppError('unwritable', 'The clipboard refused.');
    });
    return `${plural(marks, 'mark')} copied.`;
  };
  const addFrom = async (file: File): Promise<string> => {
    if (file.size > limits.marksChars) throw new AppError('bad-input', `${file.name} is too large for a file of marks.`);
    return importWords(await takeIn(await file.text()));
  };

  const offers: readonly Command[] = [
    {
      id: 'marks.copy',
      title: 'Copy all review marks as JSONL',
      label: 'Copy all marks as JSONL',
      icon: IconClipboardCopy,
      run: () => say(copyAll()),
    },
    {
      id: 'marks.add',
      title: 'Add review marks from a file…',
      label: 'Add marks from a file',
      icon: IconFilePlus,
      run: () => input.current?.click(),
    },
  ];
  useOffers(() => offers);

  return (
    <>
      <Menu position="top-end">
        <Menu.Target>
          <ActionIcon aria-label="Marks of this dataset">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <OfferItems offers={offers} />
        </Menu.Dropdown>
      </Menu>
      <input
        ref={input}
        type="file"
        accept=".jsonl,.json,.txt"
        hidden
        aria-label="File of marks"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file !== undefined) say(addFrom(file));
        }}
      />
    </>
  );
}
