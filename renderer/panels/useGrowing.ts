import { type RefCallback, useCallback, useState } from 'react';

/** Rows that are drawn at first, and again whenever the end of them comes into view. */
const STEP = 60;

/**
 * How many rows of a long list are drawn: those that have been scrolled to and a screen more, so that a thousand findings
 * cost no more than sixty until somebody wants to see them.
 * @param least Rows that must be there, such as the current one.
 * @returns The count, and the ref of an element that stands behind the last row.
 */
export function useGrowing(total: number, least = 0): readonly [number, RefCallback<HTMLElement>] {
  const [grown, setGrown] = useState(STEP);
  const shown = Math.min(total, Math.max(grown, Math.ceil(least / STEP) * STEP));
  const end = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return undefined;
      const observer = new IntersectionObserver(
        ([entry]) => entry?.isIntersecting && setGrown(shown + STEP),
        { rootMargin: '200px' },
      );
      observer.observe(element);
      return () => observer.disconnect();
    },
    [shown],
  );
  return [shown, end];
}
