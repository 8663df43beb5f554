import type { KeyboardEvent } from 'react';

/**
 * Arrow keys, Home and End move the focus among the buttons of a list, of which Tab reaches one: for the list's
 * `onKeyDown`. The buttons are those with `data-roving`.
 */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-roving]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: Math.min(at + 1, items.length - 1),
    ArrowUp: Math.max(at - 1, 0),
    Home: 0,
    End: items.length - 1,
  };
  const target = items[targets[event.key] ?? -1];
  if (!target) return;
  event.preventDefault();
  target.focus();
}
