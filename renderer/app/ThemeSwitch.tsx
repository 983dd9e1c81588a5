import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useSettings, type Settings } from '../data/use-settings.tsx';

const themes: readonly { value: NonNullable<Settings['theme']>; label: string; icon: typeof IconSun }[] = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
  { value: 'auto', label: 'As the system', icon: IconDeviceDesktop },
];

export function ThemeSwitch({ className = '' }: { className?: string }) {
  const { settings } = useSettings();
  const theme = settings.theme ?? 'auto';
  const { icon: Icon = IconDeviceDesktop } = themes.find(({ value }) => value === theme) ?? {};
  return (
    <Menu position="bottom-end" width={160}>
      <Menu.Target>
        <Tooltip label="Theme">
          <ActionIcon aria-label="Theme" className={className}>
            <Icon size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <ThemeItems />
      </Menu.Dropdown>
    </Menu>
  );
}

/** The themes as items of a menu. */
export function ThemeItems() {
  const { settings, change } = useSettings();
  const theme = settings.theme ?? 'auto';
  return themes.map(({ value, label, icon: Item }) => (
    <Menu.Item
      key={value}
      leftSection={<Item size={14} />}
      rightSection={value === theme ? <IconCheck size={14} /> : undefined}
      onClick={() => change({ theme: value })}
    >
      {label}
    </Menu.Item>
  ));
}
