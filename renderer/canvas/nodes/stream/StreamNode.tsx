import type { NodeProps } from '@xyflow/react';
import { shapeIcons } from '../../../panels/palette/icons.ts';
import type { ElementNode } from '../../flow.ts';
import { NodeFrame } from '../frame/NodeFrame.tsx';
import { Segments } from './Segments.tsx';

const Icon = shapeIcons.stream;

/** A box over the segments of its log; the head, where records are appended, is filled. */
export const StreamNode = ({ data, selected }: NodeProps<ElementNode>) => (
  <NodeFrame
    data={data}
    selected={selected}
    mono
    glyph={<Icon size={16} stroke={1.7} />}
    ornament={<Segments />}
    style={{ borderRadius: 6, paddingBottom: 18 }}
  />
);
