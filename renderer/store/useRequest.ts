import { useEffect, useRef } from 'react';
import type { AppState } from './state.ts';
import { useAppStore } from './store.ts';

/** Carries out a request each time its counter grows; what was asked for before this was mounted is over. */
export function useRequest(count: (app: AppState) => number, carryOut: () => void): void {
  const store = useAppStore();
  const latest = useRef({ count, carryOut });
  useEffect(() => {
    latest.current = { count, carryOut };
  });
  useEffect(
    () =>
      store.subscribe((now, before) => {
        if (latest.current.count(now) !== latest.current.count(before)) latest.current.carryOut();
      }),
    [store],
  );
}
