import { useAppStore } from '../store/store.ts';
import { useRequest } from '../store/useRequest.ts';

/** Where the keyboard enters a part of the window: the field that is pointed at, what says so, else where Tab would stop first. */
const ENTRIES = [
  '[data-current="true"] input:placeholder-shown',
  '[data-current="true"] input',
  '[data-entry]',
  '[tabindex="0"], input:not([disabled]), textarea, button:not([disabled])',
] as const;

/** Gives the focus to the part of the window that it is asked for, opened if it was closed. */
export function usePanelFocus(): void {
  const store = useAppStore();
  useRequest(
    ({ panelAsked }) => panelAsked?.times ?? 0,
    () => {
      const app = store.getState();
      const { panel } = app.panelAsked ?? {};
      if (panel === 'canvas') {
        const [first] = app.selected;
        return app.askFocus(first && app.shown?.scene.byAddress.has(first) ? first : 'canvas');
      }
      if (panel === 'outline') app.showLeft('outline');
      if (panel === 'bottom') app.showBottom('problems');
      // The panel may have to be opened first. Who has opened a dialog meanwhile is typing there.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          if (store.getState().dialog === undefined) enter(panel);
        }),
      );
    },
  );
}

function enter(panel: string | undefined): void {
  const part = document.querySelector(`[data-panel="${panel}"]`);
  const targets = ENTRIES.map((entry) => part?.querySelector<HTMLElement>(entry));
  targets.find((target) => target)?.focus();
}
