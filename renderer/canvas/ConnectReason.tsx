import { ViewportPortal } from '@xyflow/react';
import styles from './Canvas.module.css';
import { useHoverVerdict } from './connecting.ts';

/** Says, at the pointer, why a connection cannot end where it is. */
export function ConnectReason() {
  const hover = useHoverVerdict();
  if (!hover || hover.verdict.ok) return null;
  return (
    <ViewportPortal>
      <div
        className={styles.reason}
        role="status"
        style={{ transform: `translate(${hover.x + 14}px, ${hover.y + 14}px)` }}
      >
        {hover.verdict.reason}
      </div>
    </ViewportPortal>
  );
}
