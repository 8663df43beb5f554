import { type ReactFlowState, useStore } from '@xyflow/react';
import { useCallback, useMemo, useState } from 'react';
import type { ElementAddress } from '../../core/design/design.ts';
import type { Shown } from '../store/state/document.ts';
import { useAppStore } from '../store/store.ts';
import { DrawnArea, type Part, partIn } from './part.ts';

/** What is drawn of the document, where the pane looks now. */
export function usePart(shown: Shown | undefined, selected: ReadonlySet<ElementAddress>): Part | undefined {
  const store = useAppStore();
  const [drawn] = useState(() => new DrawnArea());
  const area = useStore(
    useCallback(
      (state: ReactFlowState) => drawn.around(shown, state, store.getState().pressed),
      [drawn, shown, store],
    ),
  );
  return useMemo(() => shown && partIn(shown, area, selected), [shown, area, selected]);
}
