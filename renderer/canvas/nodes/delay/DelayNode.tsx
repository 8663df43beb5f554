import type { NodeProps } from '@xyflow/react';
import { shapeIcons } from '../../../panels/palette/icons.ts';
import type { ElementNode } from '../../flow.ts';
import { NodeFrame } from '../frame/NodeFrame.tsx';

const Icon = shapeIcons.delay;

/** A small tag with the time that messages wait there. */
export const DelayNode = ({ data, selected }: NodeProps<ElementNode>) => (
  <NodeFrame
    data={data}
    selected={selected}
    mono
    sends={false}
    glyph={<Icon size={13} stroke={1.8} />}
    style={{ borderRadius: 16, borderStyle: 'dotted', paddingInline: 10, gap: 5 }}
  />
);
