import { ActionIcon, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { ThemeChoice } from '../store/state/view.ts';
import { useApp } from '../store/store.ts';

const choices = [
  { theme: 'light', label: 'Light', Icon: IconSun },
  { theme: 'dark', label: 'Dark', Icon: IconMoon },
  { theme: 'auto', label: 'As the system', Icon: IconDeviceDesktop },
] as const satisfies readonly { theme: ThemeChoice; label: string; Icon: typeof IconSun }[];

/** Chooses the colours of the window; the choice is remembered. */
export function ThemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  return (
    <Menu withinPortal={false} position="bottom-end" width={180} transitionProps={{ duration: 120 }}>
      <Menu.Target>
        <ActionIcon variant="default" size={28} aria-label="Theme" title="Theme">
          {dark ? <IconMoon size={15} /> : <IconSun size={15} />}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={colorScheme} onChange={(theme) => setColorScheme(theme as ThemeChoice)}>
          {choices.map(({ theme, label, Icon }) => (
            <Menu.RadioItem key={theme} value={theme} closeMenuOnClick rightSection={<Icon size={15} />}>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Carries out what commands ask of the theme, which Mantine keeps. */
export function ThemeSync() {
  const asked = useApp((state) => state.themeAsked);
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (asked) setColorScheme(asked.theme);
  }, [asked, setColorScheme]);
  return null;
}
