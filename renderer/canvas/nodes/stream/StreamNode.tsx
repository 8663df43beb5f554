import type { NodeProps } from '@xyflow/react';
import { shapeIcons } from '../../../panels/palette/icons.ts';
import type { ElementNode } from '../../flow.ts';
import { NodeFrame } from '../frame/NodeFrame.tsx';
import styles from './StreamNode.module.css';

const Icon = shapeIcons.stream;
const SEGMENTS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'head'] as const;

/** A box over the segments of its log; the head, where records are appended, is filled. */
export const StreamNode = ({ data, selected }: NodeProps<ElementNode>) => (
  <NodeFrame
    data={data}
    selected={selected}
    mono
    glyph={<Icon size={16} stroke={1.7} />}
    ornament={
      <span className={styles.log} aria-hidden>
        {SEGMENTS.map((segment) => (
          <i key={segment} />
        ))}
      </span>
    }
    style={{ borderRadius: 6, paddingBottom: 18 }}
  />
);
