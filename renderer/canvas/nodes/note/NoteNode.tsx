import type { NodeProps } from '@xyflow/react';
import { cx } from '../../../cx.ts';
import type { ElementNode } from '../../flow.ts';
import { useAskedFocus } from '../frame/useAskedFocus.ts';
import styles from './NoteNode.module.css';

/** Plain paper. */
export const NoteNode = ({ data, selected }: NodeProps<ElementNode>) => (
  <div
    ref={useAskedFocus(data.node.address)}
    className={cx(styles.note, selected && styles.selected)}
    title={data.node.facts}
  >
    {data.node.facts}
  </div>
);
