import type { NodeProps } from '@xyflow/react';
import { shapeIcons } from '../../../panels/palette/icons.ts';
import type { ElementNode } from '../../flow.ts';
import { NodeFrame } from '../frame/NodeFrame.tsx';
import styles from './TopicNode.module.css';

const Icon = shapeIcons.topic;

/** A pill whose lines fan out to the subscribers. */
export const TopicNode = ({ data, selected }: NodeProps<ElementNode>) => (
  <NodeFrame
    data={data}
    selected={selected}
    mono
    glyph={<Icon size={16} stroke={1.8} />}
    ornament={
      <svg className={styles.fan} viewBox="0 0 16 32" aria-hidden>
        <path d="M0 16L16 4M0 16H16M0 16L16 28" />
      </svg>
    }
    style={{ borderRadius: 28, paddingLeft: 16, paddingRight: 36 }}
  />
);
