import { useComputedColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { monaco } from './monaco.ts';

/** Gives the editors the theme of the page; all of them share one. */
export function useEditorTheme(): void {
  const dark = useComputedColorScheme('light') === 'dark';
  useEffect(() => monaco.editor.setTheme(dark ? 'loom-dark' : 'loom-light'), [dark]);
}
