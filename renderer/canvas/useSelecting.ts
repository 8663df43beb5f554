import type { NodeChange } from '@xyflow/react';
import { useCallback } from 'react';
import type { ElementAddress } from '../../core/design/design.ts';
import { useAppStore } from '../store/store.ts';

/** Selection made on the canvas: by click, with Ctrl or Shift, by marquee. */
export function useSelecting() {
  const store = useAppStore();
  const onNodesChange = useCallback(
    (changes: readonly NodeChange[]) => {
      const picks = changes.filter((change) => change.type === 'select');
      if (picks.length === 0) return;
      const { selected, select, shown } = store.getState();
      // What has no shape was selected elsewhere, and no click on the canvas would take it out again.
      const next = new Set([...selected].filter((address) => shown?.scene.byAddress.has(address)));
      for (const { id, selected: isSelected } of picks) {
        if (isSelected) next.add(id as ElementAddress);
        else next.delete(id as ElementAddress);
      }
      select(next, 'canvas');
    },
    [store],
  );
  const clear = useCallback(() => store.getState().select([], 'canvas'), [store]);
  return { onNodesChange, clear };
}
