const names: Readonly<Record<string, string>> = {
  mod: /mac/i.test(globalThis.navigator?.platform ?? '') ? '⌘' : 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Delete: 'Del',
  Escape: 'Esc',
};

/** A hotkey as people read it: `mod+shift+S` → `Ctrl Shift S`. */
export const keyLabel = (hotkey: string): string =>
  hotkey
    .split('+')
    .map((key) => names[key] ?? key)
    .join(' ');
