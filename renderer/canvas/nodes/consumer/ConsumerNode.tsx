import type { NodeProps } from '@xyflow/react';
import type { ElementNode } from '../../flow.ts';
import { NodeFrame } from '../frame/NodeFrame.tsx';

/** A tag rounded on the side where messages arrive. */
export const ConsumerNode = ({ data, selected }: NodeProps<ElementNode>) => (
  <NodeFrame
    data={data}
    selected={selected}
    sends={false}
    style={{ borderRadius: '28px 10px 10px 28px', paddingLeft: 22 }}
  />
);
