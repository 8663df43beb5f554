import { useCallback } from 'react';
import { useApp } from '../store/store.ts';

/** Says for how long a button is held down that was pressed on the canvas: it may be a drag, beside which nothing else moves. */
export function usePress(): () => void {
  const setPressed = useApp((state) => state.setPressed);
  return useCallback(() => {
    const ended = new AbortController();
    const release = (): void => {
      ended.abort();
      setPressed(false);
    };
    for (const event of ['pointerup', 'pointercancel', 'blur'])
      window.addEventListener(event, release, { signal: ended.signal });
    setPressed(true);
  }, [setPressed]);
}
