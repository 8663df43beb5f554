import { useEffect, useRef } from 'react';
import type { Session } from '../../core/history/session.ts';
import { useApp, useAppStore } from '../store/store.ts';
import { arrange } from './layout/elk.ts';

/**
 * Lays a design out whose file holds no position at all, again whenever its elements or connections change. Nothing is
 * written to the file; the first element that is moved ends this.
 */
export function useAutoLayout(): void {
  const store = useAppStore();
  const session = useApp((state) => state.session);
  const fitted = useRef<Session>(undefined);
  const structure = useApp(({ shown }) =>
    shown?.graph && shown.lastValid?.design?.layout.size === 0
      ? [
          ...shown.scene.byAddress.keys(),
          ...shown.scene.links.map(({ id, from, to }) => `${id} ${from} ${to}`),
        ].join('\n')
      : '',
  );
  useEffect(() => {
    const { shown } = store.getState();
    if (!session || !shown || structure === '') return;
    let current = true;
    arrange(shown.scene)
      .then((positions) => {
        if (!current || positions === 'stopped') return;
        store.getState().remember(positions);
        if (fitted.current !== session) store.getState().fitView('readable');
        fitted.current = session;
      })
      // Without it everything stands in plain columns, where the user can move it.
      .catch(() => {
        store.getState().remember(shown.positions);
        store.getState().notify({ tone: 'info', title: 'The automatic layout failed.' });
      });
    return () => {
      current = false;
    };
  }, [session, structure, store]);
}
