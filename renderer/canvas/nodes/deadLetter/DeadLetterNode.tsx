import type { NodeProps } from '@xyflow/react';
import type { ElementNode } from '../../flow.ts';
import { NodeFrame } from '../frame/NodeFrame.tsx';
import { Slots } from '../queue/Slots.tsx';
import styles from './DeadLetterNode.module.css';

/** A queue drawn in dashes, in the colour of errors. */
export const DeadLetterNode = ({ data, selected }: NodeProps<ElementNode>) => (
  <NodeFrame data={data} selected={selected} mono className={styles.deadLetter} ornament={<Slots />} />
);
