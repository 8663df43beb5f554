import { useStore, ViewportPortal } from '@xyflow/react';
import styles from './Canvas.module.css';
import type { Guide } from './guides.ts';

/** The lines that a dragged element is in line with; as thin at every zoom. */
export function Guides({ guides }: { readonly guides: readonly Guide[] }) {
  const px = useStore(({ transform }) => 1 / transform[2]);
  // The portal looks for its place in the whole canvas at every step of it.
  if (guides.length === 0) return null;
  return (
    <ViewportPortal>
      {guides.map(({ axis, at, from, to }) => (
        <div
          key={`${axis} ${at}`}
          className={styles.guide}
          data-guide={axis}
          style={
            axis === 'x'
              ? { transform: `translate(${at - px / 2}px, ${from}px)`, width: px, height: to - from }
              : { transform: `translate(${from}px, ${at - px / 2}px)`, width: to - from, height: px }
          }
        />
      ))}
    </ViewportPortal>
  );
}
