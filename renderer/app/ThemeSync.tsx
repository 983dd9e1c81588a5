import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useSettings } from '../data/use-settings.tsx';

/** Brings the theme that the shell remembers onto the page. */
export function ThemeSync() {
  const { settings } = useSettings();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (settings.theme !== null) setColorScheme(settings.theme);
  }, [settings.theme, setColorScheme]);
  return null;
}
