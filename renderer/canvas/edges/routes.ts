import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { Route } from '../../../core/drawing/curves.ts';

/**
 * Where lines run, by the id of their link. Apart from the edges that React Flow is given, so that a drag draws a few
 * lines anew instead of handing over the list of all.
 */
export class Routes {
  #routes: ReadonlyMap<string, Route> = new Map();
  readonly #listeners = new Map<string, Set<() => void>>();

  get(link: string): Route | undefined {
    return this.#routes.get(link);
  }

  /** Takes all routes; tells the lines whose route is another object than before. */
  set(routes: ReadonlyMap<string, Route>): void {
    const before = this.#routes;
    this.#routes = routes;
    for (const [link, listeners] of this.#listeners)
      if (before.get(link) !== routes.get(link)) for (const listener of listeners) listener();
  }

  /** Returns how to stop listening. */
  listen(link: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(link) ?? new Set();
    this.#listeners.set(link, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(link);
    };
  }
}

export const RoutesContext = createContext(new Routes());

export function useRoute(link: string): Route | undefined {
  const routes = useContext(RoutesContext);
  const listen = useCallback((listener: () => void) => routes.listen(link, listener), [routes, link]);
  return useSyncExternalStore(listen, () => routes.get(link));
}
