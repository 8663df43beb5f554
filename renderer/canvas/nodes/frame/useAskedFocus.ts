import { type RefObject, useEffect, useRef } from 'react';
import type { ElementAddress } from '../../../../core/design/design.ts';
import { useApp } from '../../../store/store.ts';

/** Gives an element the keyboard focus when it is asked for, be it at once or when the element has come into view. */
export function useAskedFocus(address: ElementAddress): RefObject<HTMLDivElement | null> {
  const asked = useApp((state) => state.focusAsked === address);
  const askFocus = useApp((state) => state.askFocus);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!asked) return;
    // The canvas moves elements into view itself; the browser would scroll the page.
    ref.current?.closest<HTMLElement>('.react-flow__node')?.focus({ preventScroll: true });
    askFocus(undefined);
  }, [asked, askFocus]);
  return ref;
}
