import { type FocusEvent, useCallback, useEffect, useRef } from 'react';
import { useApp } from '../store/store.ts';

/** Keyboard focus of the canvas as a whole: one stop of Tab, from which Tab goes on through the elements. */
export function useCanvasFocus() {
  const asked = useApp((state) => state.focusAsked === 'canvas');
  const askFocus = useApp((state) => state.askFocus);
  const setLeaving = useApp((state) => state.setLeaving);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!asked) return;
    ref.current?.focus({ preventScroll: true });
    askFocus(undefined);
  }, [asked, askFocus]);
  const onBlur = useCallback(
    ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
      if (!currentTarget.contains(relatedTarget)) setLeaving(false);
    },
    [setLeaving],
  );
  return { ref, onBlur };
}
