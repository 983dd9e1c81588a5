import { Menu } from '@mantine/core';
import type { Command } from './command.ts';
import { KeyCaps } from './Key.tsx';

interface OfferItemsProps {
  readonly offers: readonly Command[];
  readonly disabled?: boolean;
}

/** Commands as items of a menu, by their short names. The menu opens on one that can be chosen. */
export function OfferItems({ offers, disabled = false }: OfferItemsProps) {
  return offers.map(({ id, title, label = title, icon: Icon, key, run }) => (
    <Menu.Item
      key={id}
      leftSection={Icon === undefined ? undefined : <Icon size={14} />}
      rightSection={key === undefined ? undefined : <KeyCaps id={key} />}
      disabled={disabled}
      data-autofocus={!disabled || undefined}
      onClick={run}
    >
      {label}
    </Menu.Item>
  ));
}
