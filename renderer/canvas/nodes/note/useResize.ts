import { useReactFlow } from '@xyflow/react';
import { type PointerEvent, useState } from 'react';
import { GRID, type Size, snap } from '../../../../core/drawing/geometry.ts';
import type { SceneNode } from '../../../../core/drawing/scene.ts';
import { SMALLEST_NOTE } from '../../../../core/drawing/sizes.ts';
import { useAppStore } from '../../../store/store.ts';

interface Start {
  readonly x: number;
  readonly y: number;
}

/** Resizing by the corner of a note, to the grid; with Ctrl freely. The design changes once, when the pointer is let go. */
export function useResize({ address, size: resting }: SceneNode) {
  const store = useAppStore();
  const flow = useReactFlow();
  const [start, setStart] = useState<Start>();
  const [dragged, setDragged] = useState<Size>();

  const sizeAt = (event: PointerEvent, from: Start): Size => {
    const zoom = flow.getZoom();
    const step = event.ctrlKey || event.metaKey ? 1 : GRID;
    return {
      width: Math.max(SMALLEST_NOTE.width, snap(resting.width + (event.clientX - from.x) / zoom, step)),
      height: Math.max(SMALLEST_NOTE.height, snap(resting.height + (event.clientY - from.y) / zoom, step)),
    };
  };
  const finish = () => {
    setStart(undefined);
    setDragged(undefined);
  };
  const grip = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      setStart({ x: event.clientX, y: event.clientY });
    },
    onPointerMove: (event: PointerEvent) => start && setDragged(sizeAt(event, start)),
    onPointerUp: (event: PointerEvent) => {
      const app = store.getState();
      const at = app.shown?.positions.get(address);
      const moved = start && (event.clientX !== start.x || event.clientY !== start.y);
      if (start && moved && at) app.run('note.resize', { address, at, ...sizeAt(event, start) });
      finish();
    },
    onPointerCancel: finish,
  };
  return { size: dragged ?? resting, grip };
}
