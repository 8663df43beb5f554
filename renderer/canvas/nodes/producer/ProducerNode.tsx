import type { NodeProps } from '@xyflow/react';
import { shapeIcons } from '../../../panels/palette/icons.ts';
import type { ElementNode } from '../../flow.ts';
import { NodeFrame } from '../frame/NodeFrame.tsx';

const Icon = shapeIcons.producer;

/** A tag rounded the way messages leave. */
export const ProducerNode = ({ data, selected }: NodeProps<ElementNode>) => (
  <NodeFrame
    data={data}
    selected={selected}
    glyph={<Icon size={16} stroke={1.7} />}
    style={{ borderRadius: '10px 28px 28px 10px', paddingRight: 18 }}
  />
);
