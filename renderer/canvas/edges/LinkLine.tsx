import { memo } from 'react';
import { cx } from '../../cx.ts';
import { useApp } from '../../store/store.ts';
import type { Line } from '../flow.ts';
import styles from './Links.module.css';
import { useRoute } from './routes.ts';

/** A connection: colour and dashes say what kind it is. */
export const LinkLine = memo(({ line: { link, selected } }: { readonly line: Line }) => {
  const route = useRoute(link.id);
  const select = useApp((state) => state.select);
  const target = useApp((state) => state.insertInto === link.element);
  if (!route) return null;
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a line is one picture to a screen reader
    <g
      className={cx(styles.link, selected && styles.selected, target && styles.target, 'nopan')}
      role="img"
      aria-label={`Edge from ${link.from} to ${link.to}`}
      data-kind={link.kind}
      data-broker={link.brokerKind}
    >
      <path className={styles.line} d={route.path} />
      <path className={styles.arrow} d={route.arrow} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the outline gives the same by keyboard */}
      <path
        className={styles.hit}
        d={route.path}
        data-edge={link.element}
        onClick={() => select([link.element], 'canvas')}
      >
        <title>{link.label ?? link.kind}</title>
      </path>
    </g>
  );
});
