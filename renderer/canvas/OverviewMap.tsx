import { MiniMap, useStore } from '@xyflow/react';
import { useApp } from '../store/store.ts';
import styles from './Canvas.module.css';
import type { ElementNode } from './flow.ts';
import { boxAround, boxAt, contains } from './geometry.ts';

/** Panes below this width, in px, have no room for a map. */
const ROOM = 640;

/** All of the drawing in small, while part of it is out of view. Dragging in it moves the view. */
export function OverviewMap() {
  const wanted = useApp((state) => state.overview);
  const around = useApp(({ shown }) => (shown ? extent(shown) : undefined));
  const out = useStore(({ transform: [x, y, zoom], width, height }) => {
    if (!around || width < ROOM) return false;
    return !contains({ x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }, around);
  });
  if (!wanted || !out) return null;
  return (
    <MiniMap<ElementNode>
      className={styles.overview}
      ariaLabel="Overview"
      pannable
      zoomable
      position="bottom-right"
      nodeColor={({ data, type }) => colorOf(type, data.node?.brokerKind)}
      nodeBorderRadius={8}
      maskColor="var(--mask)"
      maskStrokeColor="var(--accent)"
      maskStrokeWidth={2}
      bgColor="var(--panel)"
    />
  );
}

const colorOf = (type: string | undefined, broker: string | undefined): string => {
  if (type === 'broker') return 'transparent';
  if (type === 'deadLetter') return 'var(--err)';
  return broker === undefined ? 'var(--edge)' : `var(--${broker})`;
};

type Shown = NonNullable<Parameters<Parameters<typeof useApp>[0]>[0]['shown']>;
const extents = new WeakMap<Shown['positions'], ReturnType<typeof boxAround>>();

/** The box around all elements, worked out once for the places they have. */
function extent({ scene, positions }: Shown) {
  if (!extents.has(positions)) {
    const boxes = scene.nodes.flatMap(({ address, size }) => {
      const at = positions.get(address);
      return at ? [boxAt(at, size)] : [];
    });
    extents.set(positions, boxAround(boxes));
  }
  return extents.get(positions);
}
