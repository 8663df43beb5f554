import type { NodeProps } from '@xyflow/react';
import type { ElementNode } from '../../flow.ts';
import { NodeFrame } from '../frame/NodeFrame.tsx';
import { Slots } from './Slots.tsx';

/** A box whose right end, where messages are taken, is open to its slots. */
export const QueueNode = ({ data, selected }: NodeProps<ElementNode>) => (
  <NodeFrame
    data={data}
    selected={selected}
    mono
    ornament={<Slots />}
    style={{ borderRadius: '6px 16px 16px 6px', paddingRight: 38 }}
  />
);
