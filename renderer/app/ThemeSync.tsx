import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useSettings } from '../data/use-settings.tsx';

/** Brings the theme and the density that the shell remembers onto the page. */
export function ThemeSync() {
  const { settings } = useSettings();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (settings.theme !== null) setColorScheme(settings.theme);
  }, [settings.theme, setColorScheme]);
  useEffect(() => {
    document.documentElement.toggleAttribute('data-roomy', settings.roomy);
  }, [settings.roomy]);
  return null;
}
