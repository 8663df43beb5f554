import { memo } from 'react';
import { createPortal } from 'react-dom';
import type { Line } from '../flow.ts';
import { LinkLabel } from './LinkLabel.tsx';
import { LinkLine } from './LinkLine.tsx';
import styles from './Links.module.css';
import { useLinkLayer } from './layer.ts';

interface LinksProps {
  readonly lines: readonly Line[];
  /** Not where they are too small to be read, which saves making them. */
  readonly labelled: boolean;
}

/**
 * All connections. Not edges of React Flow, each of which looks up its ends at every step of the canvas, though none of
 * them moves: with a thousand elements that took much of the time of panning.
 */
export const Links = memo(({ lines, labelled }: LinksProps) => {
  const layer = useLinkLayer();
  return (
    layer &&
    createPortal(
      <>
        {/* biome-ignore lint/a11y/noSvgWithoutTitle: each line in it has its own */}
        <svg className={styles.links}>
          {lines.map((line) => (
            <LinkLine key={line.link.id} line={line} />
          ))}
        </svg>
        {labelled && lines.map((line) => <LinkLabel key={line.link.id} line={line} />)}
      </>,
      layer,
    )
  );
});
