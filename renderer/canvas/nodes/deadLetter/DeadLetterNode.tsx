import type { NodeProps } from '@xyflow/react';
import { cx } from '../../../cx.ts';
import type { ElementNode } from '../../flow.ts';
import { NodeFrame } from '../frame/NodeFrame.tsx';
import { Slots } from '../queue/Slots.tsx';
import { Segments } from '../stream/Segments.tsx';
import styles from './DeadLetterNode.module.css';

/** A queue or log drawn in dashes, in the colour of errors. */
export function DeadLetterNode({ data, selected }: NodeProps<ElementNode>) {
  const isLog = data.node.address.startsWith('streams/');
  return (
    <NodeFrame
      data={data}
      selected={selected}
      mono
      className={cx(styles.deadLetter, isLog && styles.log)}
      ornament={isLog ? <Segments /> : <Slots />}
    />
  );
}
