import { memo } from 'react';
import { cx } from '../../cx.ts';
import { useApp } from '../../store/store.ts';
import type { Line } from '../flow.ts';
import styles from './Links.module.css';
import { useRoute } from './routes.ts';

/** What a connection lets through. */
export const LinkLabel = memo(({ line: { link, selected } }: { readonly line: Line }) => {
  const at = useRoute(link.id)?.label;
  const select = useApp((state) => state.select);
  if (!at) return null;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={cx(styles.label, 'nopan')}
      data-selected={selected}
      data-link={link.id}
      title={link.label}
      style={{ transform: `translate(${at.x}px, ${at.y}px)`, width: at.width }}
      onClick={() => select([link.element], 'canvas')}
    >
      {link.label}
    </button>
  );
});
