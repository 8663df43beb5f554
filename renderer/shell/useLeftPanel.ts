import { useCallback, useEffect, useRef } from 'react';
import { type PanelSize, usePanelRef } from 'react-resizable-panels';
import { useApp, useAppStore } from '../store/store.ts';

/** Windows below this width start with narrower panels, in px. */
export const NARROW = 1200;

/** The left panel, which makes room for the YAML in a narrow window and comes back when that is closed. */
export function useLeftPanel() {
  const store = useAppStore();
  const panel = usePanelRef();
  const open = useApp((state) => state.leftOpen);
  const yaml = useApp((state) => state.yamlOpen);
  const folded = useRef(false);

  useEffect(() => {
    const { leftOpen, setLeftOpen } = store.getState();
    if (yaml && leftOpen && window.innerWidth < NARROW) {
      folded.current = true;
      setLeftOpen(false);
    } else if (!yaml && folded.current) {
      folded.current = false;
      setLeftOpen(true);
    }
  }, [yaml, store]);

  useEffect(() => (open ? panel.current?.expand() : panel.current?.collapse()), [open, panel]);

  const onResize = useCallback(
    ({ inPixels }: PanelSize) => {
      const isOpen = inPixels > 0;
      if (isOpen !== store.getState().leftOpen) store.getState().setLeftOpen(isOpen);
    },
    [store],
  );
  return { panel, onResize };
}
