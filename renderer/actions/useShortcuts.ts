import { getHotkeyHandler } from '@mantine/hooks';
import { useEffect } from 'react';
import { type AppStore, useAppStore } from '../store/store.ts';
import type { KeyScope } from './action.ts';
import { actionEntries } from './registry.ts';

type Place = 'field' | 'editor' | 'dialog' | 'control' | 'drawing' | 'canvas';

function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof Element)) return 'canvas';
  if (target.closest('[role="dialog"], [role="listbox"], [role="menu"]')) return 'dialog';
  // An editor of one value, or of a file that is looked at, has its own undo, as any field.
  if (target.closest('[data-value-editor]')) return 'field';
  if (target.closest('.monaco-editor')) return 'editor';
  if (target.closest('input, textarea, select, [contenteditable="true"]')) return 'field';
  // Enter and arrows on a button or in a list belong to it.
  if (target.closest('button, a, [role="tab"], [role="tree"], [role="separator"]')) return 'control';
  return target.closest('[data-drawing]') ? 'drawing' : 'canvas';
}

const allowed: Readonly<Record<KeyScope, readonly Place[]>> = {
  always: ['field', 'editor', 'control', 'drawing', 'canvas'],
  outsideFields: ['editor', 'control', 'drawing', 'canvas'],
  outsideEditor: ['field', 'control', 'drawing', 'canvas'],
  editor: ['editor'],
  canvas: ['drawing', 'canvas'],
  drawing: ['drawing'],
};

/** Keys that buttons, tabs and lists use themselves. */
const ofControls: ReadonlySet<string> = new Set([
  'Enter',
  ' ',
  'Escape',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
]);

/** Listens for the keys of all actions. Before others get them, so that the editor's own undo never runs. */
export function useShortcuts(): void {
  const store = useAppStore();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => handle(store, event);
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [store]);
}

function handle(store: AppStore, event: KeyboardEvent): void {
  const place = placeOf(event.target);
  if (place === 'dialog') return;
  for (const [, action] of actionEntries) {
    const scope = action.scope ?? 'canvas';
    const here =
      allowed[scope].includes(place) ||
      (scope === 'canvas' && place === 'control' && !ofControls.has(event.key));
    if (!here || !action.keys) continue;
    getHotkeyHandler(
      action.keys.map((keys) => [
        keys,
        () => {
          const app = store.getState();
          if (!(action.enabled?.(app) ?? true)) return;
          event.preventDefault();
          event.stopPropagation();
          action.run(app);
        },
        { preventDefault: false },
      ]),
    )(event);
    if (event.defaultPrevented) return;
  }
}
