import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconArrowAutofitHeight, IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
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
      <Tooltip label="Theme">
        <Menu.Target>
          <ActionIcon aria-label="Theme" className={className}>
            <Icon size={16} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        <ThemeItems />
      </Menu.Dropdown>
    </Menu>
  );
}

/** The themes, and how close rows stand, as items of a menu. */
export function ThemeItems() {
  const { settings, change } = useSettings();
  const theme = settings.theme ?? 'auto';
  const checked = <IconCheck size={14} />;
  return (
    <>
      {themes.map(({ value, label, icon: Item }) => (
        <Menu.Item
          key={value}
          leftSection={<Item size={14} />}
          rightSection={value === theme ? checked : undefined}
          onClick={() => change({ theme: value })}
        >
          {label}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconArrowAutofitHeight size={14} />}
        rightSection={settings.roomy ? checked : undefined}
        onClick={() => change({ roomy: !settings.roomy })}
      >
        Roomy rows
      </Menu.Item>
    </>
  );
}
