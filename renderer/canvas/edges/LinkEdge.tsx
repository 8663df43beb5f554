import type { EdgeProps } from '@xyflow/react';
import { useContext } from 'react';
import { createPortal } from 'react-dom';
import { cx } from '../../cx.ts';
import { useApp } from '../../store/store.ts';
import type { LinkEdge as Link } from '../flow.ts';
import styles from './LinkEdge.module.css';
import { LabelLayer } from './labels.ts';
import { useRoute } from './routes.ts';

/** A connection: colour and dashes say what kind it is, the label what it lets through. */
export function LinkEdge({ id, data }: EdgeProps<Link>) {
  const route = useRoute(id);
  const labels = useContext(LabelLayer);
  const select = useApp((state) => state.select);
  const target = useApp((state) => data !== undefined && state.insertInto === data.link.element);
  if (!data || !route) return null;
  const { link, selected } = data;
  const pick = () => select([link.element], 'canvas');
  return (
    <>
      <g
        className={cx(styles.link, selected && styles.selected, target && styles.target)}
        data-kind={link.kind}
        data-broker={link.brokerKind}
      >
        <path className={styles.line} d={route.path} />
        <path className={styles.arrow} d={route.arrow} />
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the outline gives the same by keyboard */}
        <path className={styles.hit} d={route.path} data-edge={link.element} onClick={pick}>
          <title>{link.label ?? link.kind}</title>
        </path>
      </g>
      {route.label &&
        labels &&
        createPortal(
          <button
            type="button"
            tabIndex={-1}
            className={cx(styles.label, 'nopan')}
            data-selected={selected}
            data-link={link.id}
            title={link.label}
            style={{
              transform: `translate(${route.label.x}px, ${route.label.y}px)`,
              width: route.label.width,
            }}
            onClick={pick}
          >
            {link.label}
          </button>,
          labels,
        )}
    </>
  );
}
